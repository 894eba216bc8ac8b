package dev.afluente.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.local.stack.PortPlan.Role;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final Path ROOT = Path.of("/somewhere/a repository");

    @Test
    void knowsTheDefaults() {
        Options options = parse(Map.of());
        assertThat(options.data()).isEqualTo(ROOT.resolve(".afluente"));
        assertThat(options.bankUser()).isEqualTo("user-ok");
        assertThat(options.once()).isFalse();
        assertThat(options.fresh()).isFalse();
        assertThat(options.demo()).isTrue();
        assertThat(options.ports().of(Role.GATEWAY)).isEqualTo(8080);
        assertThat(options.ports().of(Role.SIMULATOR)).isEqualTo(8090);
    }

    @Test
    void givesEveryOtherProgramAFreePortOfItsOwn() {
        Options options = parse(Map.of());
        Set<Integer> ports = new HashSet<>(options.ports().ports().values());
        assertThat(ports).hasSize(Role.values().length).doesNotContain(0);
    }

    @Test
    void takesArgumentsBeforeTheEnvironment() {
        Map<String, String> environment = Map.of(
                "AFLUENTE_GATEWAY_PORT", "9001", "AFLUENTE_SYNC_PORT", "9002", "AFLUENTE_DATA", "/kept elsewhere");
        Options options = parse(environment, "--gateway-port", "9003", "--once", "--fresh", "--user", "user-ok-5");
        assertThat(options.ports().of(Role.GATEWAY)).isEqualTo(9003);
        assertThat(options.ports().of(Role.SYNC)).isEqualTo(9002);
        assertThat(options.data()).isEqualTo(Path.of("/kept elsewhere"));
        assertThat(options.once()).isTrue();
        assertThat(options.fresh()).isTrue();
        assertThat(options.bankUser()).isEqualTo("user-ok-5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--unknown",
                "stray",
                "--data",
                "--user",
                "--gateway-port",
                "--gateway-port x",
                "--gateway-port 65536",
                "--gateway-port -1",
                "--nobody-port 80"
            })
    void refusesWhatItDoesNotKnow(String line) {
        assertThatThrownBy(() -> parse(Map.of(), line.split(" "))).isInstanceOf(CommandLine.UsageException.class);
    }

    @Test
    void refusesAWrongPortFromTheEnvironmentByItsName() {
        assertThatThrownBy(() -> parse(Map.of("AFLUENTE_KAFKA_PORT", "many")))
                .hasMessageContaining("AFLUENTE_KAFKA_PORT");
    }

    @Test
    void explainsEveryOptionItTakes() {
        assertThat(Arrays.stream(Role.values())
                        .map(role -> "--" + role.name().toLowerCase(java.util.Locale.ROOT) + "-port"))
                .allSatisfy(option -> assertThat(Options.USAGE).contains(option));
        assertThat(Options.USAGE).contains("--once", "--fresh", "--data", "--user", "--no-demo", "--help", "--rebuild");
    }

    private static Options parse(Map<String, String> environment, String... arguments) {
        return CommandLine.parse(List.of(arguments), environment, ROOT);
    }
}
