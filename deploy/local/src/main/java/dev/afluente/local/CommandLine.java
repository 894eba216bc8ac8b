package dev.afluente.local;

import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@link Options} from arguments and environment; an argument wins over the environment. */
final class CommandLine {
    private final Map<Role, Integer> ports = new EnumMap<>(Role.class);
    private Path data;
    private boolean fresh;
    private boolean once;
    private boolean demo = true;
    private String bankUser = "user-ok";

    private CommandLine(Map<String, String> environment, Path root) {
        data = Path.of(environment.getOrDefault(
                "AFLUENTE_DATA", root.resolve(".afluente").toString()));
        for (Role role : Role.values()) {
            String name = "AFLUENTE_" + role.name() + "_PORT";
            String value = environment.get(name);
            ports.put(role, value == null ? role.defaultPort() : port(name, value));
        }
    }

    /**
     * @param root the repository, below which the data is kept by default
     * @throws UsageException with a sentence for the user
     */
    static Options parse(List<String> arguments, Map<String, String> environment, Path root) {
        CommandLine line = new CommandLine(environment, root);
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            line.take(rest.poll(), rest);
        }
        return new Options(
                line.data.toAbsolutePath().normalize(),
                line.fresh,
                line.once,
                line.demo,
                line.bankUser,
                new PortPlan(line.ports).resolved());
    }

    private void take(String option, Deque<String> rest) {
        switch (option) {
            case "--once" -> once = true;
            case "--fresh" -> fresh = true;
            case "--no-demo" -> demo = false;
            case "--data" -> data = Path.of(value(option, rest));
            case "--user" -> bankUser = value(option, rest);
            default -> takePort(option, rest);
        }
    }

    private void takePort(String option, Deque<String> rest) {
        for (Role role : Role.values()) {
            if (option.equals("--" + role.name().toLowerCase(Locale.ROOT) + "-port")) {
                ports.put(role, port(option, value(option, rest)));
                return;
            }
        }
        throw new UsageException("unknown option: " + option);
    }

    private static String value(String option, Deque<String> rest) {
        String value = rest.poll();
        if (value == null || value.isBlank()) {
            throw new UsageException(option + " needs a value");
        }
        return value;
    }

    private static int port(String name, String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
            throw new UsageException(name + ": not a port: " + value);
        }
        return Integer.parseInt(value);
    }

    /** The command line cannot be understood; the message says what. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
