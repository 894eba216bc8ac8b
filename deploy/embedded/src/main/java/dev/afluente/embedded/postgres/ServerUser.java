package dev.afluente.embedded.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets root run PostgreSQL, which refuses to run as root. A user namespace hides the identity and leaves the files as they
 * are; where namespaces are forbidden (most containers), the programs run as user 65534 with the one capability that lets it
 * reach its data below directories it may not enter. Any other user runs the programs as they are.
 */
enum ServerUser {
    CALLER(""),
    NAMESPACE("unshare -U"),
    NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override");

    private static final int NOBODY_ID = 65534;

    private final String prefix;

    ServerUser(String prefix) {
        this.prefix = prefix;
    }

    /** The command line that runs {@code command} as this user. */
    List<String> run(List<String> command) {
        List<String> words = new ArrayList<>(prefix.isEmpty() ? List.of() : List.of(prefix.split(" ")));
        words.addAll(command);
        return words;
    }

    /** @throws IOException when root has neither way */
    static ServerUser detect() throws IOException {
        if (new UnixSystem().getUid() != 0) {
            return CALLER;
        }
        if (NAMESPACE.works()) {
            return NAMESPACE;
        }
        if (NOBODY.works()) {
            return NOBODY;
        }
        throw new IOException("PostgreSQL does not run as root, and this system allows neither user namespaces"
                + " (unshare -U) nor setpriv. Run as an ordinary user.");
    }

    /** Gives a directory, or an empty file, to the user that will run the server on it. */
    void own(Path path) throws IOException {
        if (this == NOBODY) {
            Files.setAttribute(path, "unix:uid", NOBODY_ID);
        }
    }

    private boolean works() {
        try {
            Process id = new ProcessBuilder(run(List.of("id", "-u")))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return id.waitFor() == 0 && !output.trim().equals("0");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
