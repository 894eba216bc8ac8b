package dev.afluente.embedded.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run in a JVM of its own. Immutable; every {@code with} method returns a changed copy.
 *
 * @param name short name for messages and the process list
 * @param java the {@code java} binary
 * @param options JVM options, before the target
 * @param target {@code -jar x.jar} or {@code -cp … Main args}
 * @param environment added to this JVM's own environment
 * @param directory working directory of the program
 * @param log file that takes standard output and error, appended to; its sibling {@code .pid} remembers the process
 */
public record JvmProgram(
        String name,
        Path java,
        List<String> options,
        List<String> target,
        Map<String, String> environment,
        Path directory,
        Path log) {

    public JvmProgram {
        options = List.copyOf(options);
        target = List.copyOf(target);
        environment = Map.copyOf(environment);
    }

    /** A jar run by the same JDK as this JVM, in the jar's directory. */
    public static JvmProgram jar(String name, Path jar, Path log) {
        Path absolute = jar.toAbsolutePath();
        return new JvmProgram(
                name, ownJava(), List.of(), List.of("-jar", absolute.toString()), Map.of(), absolute.getParent(), log);
    }

    /** The binary this JVM was started with. */
    public static Path ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Adds JVM options after those already there. */
    public JvmProgram withOptions(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new JvmProgram(name, java, all, target, environment, directory, log);
    }

    /** Adds environment variables; a name that is there already takes the new value. */
    public JvmProgram withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new JvmProgram(name, java, options, target, all, directory, log);
    }

    List<String> commandLine() {
        List<String> words = new ArrayList<>();
        words.add(java.toString());
        words.addAll(options);
        words.addAll(target);
        return words;
    }
}
