package dev.afluente.connections.secret.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.afluente.connections.secret.envelope.Aead;
import dev.afluente.connections.secret.envelope.KeysUnusableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file of wrapping keys: one {@code name:base64 of 32 bytes} per line, newest first, {@code #} before a comment.
 * Readable by its owner only. Blocking.
 */
record KeyFile(Path path) {
    private static final long MAX_BYTES = 64 * 1024;
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_-]{1,64}):([A-Za-z0-9+/]{43}=)");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** What changes when the file does, whether it was written over or replaced. */
    record Stamp(long modifiedMillis, long size, Object identity) {}

    /** Returns null when there is no such file. */
    Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Returns the keys by name, newest first.
     *
     * @throws KeysUnusableException when the file is missing, open to others, or not a file of keys
     */
    Map<String, byte[]> read() {
        try {
            refuseOthers();
            if (Files.size(path) > MAX_BYTES) {
                throw unusable("is larger than " + MAX_BYTES + " bytes");
            }
            byte[] bytes = Files.readAllBytes(path);
            try {
                return parse(new String(bytes, US_ASCII));
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (NoSuchFileException e) {
            throw unusable("does not exist");
        } catch (AccessDeniedException e) {
            throw unusable("may not be read by this user");
        } catch (IOException e) {
            throw unusable("cannot be read");
        }
    }

    private void refuseOthers() throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            Set<PosixFilePermission> given = view.readAttributes().permissions();
            if (given.stream().anyMatch(OTHERS::contains)) {
                throw unusable("is open to others than its owner: set its mode to 0600");
            }
        }
    }

    private Map<String, byte[]> parse(String text) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                add(keys, line.strip(), number);
            }
        }
        if (keys.isEmpty()) {
            throw unusable("holds no key");
        }
        return keys;
    }

    private void add(Map<String, byte[]> keys, String line, int number) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw unusable("is not a list of keys: line " + number + " is not name:base64 of 32 bytes");
        }
        byte[] key = Base64.getDecoder().decode(parts.group(2));
        if (key.length != Aead.KEY || Arrays.equals(key, new byte[Aead.KEY])) {
            throw unusable("holds a key that is none in line " + number);
        }
        if (keys.values().stream().anyMatch(known -> Arrays.equals(known, key)) || keys.containsKey(parts.group(1))) {
            throw unusable("holds a name or a key twice, the second time in line " + number);
        }
        keys.put(parts.group(1), key);
    }

    private KeysUnusableException unusable(String why) {
        return new KeysUnusableException("The key file " + path + " (afluente.secrets.file.path) " + why + ".");
    }
}
