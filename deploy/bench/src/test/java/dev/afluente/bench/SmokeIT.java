package dev.afluente.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.bench.door.DoorSpeed;
import dev.afluente.bench.report.Finding;
import dev.afluente.bench.sync.Freshness;
import dev.afluente.bench.sync.ManyDue;
import dev.afluente.bench.world.World;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three benchmarks that know most of the services, with almost nothing to do: they run, and their figures make sense. */
class SmokeIT {
    @Test
    void connectionsThatAreDueAtOnceAndAWebhookAreMeasured(@TempDir Path data) throws Exception {
        try (World world = World.in(data.resolve("stack"), line -> {})) {
            Finding due = new ManyDue(world).measure(10);
            Finding fresh = new Freshness(world).measure(2);
            Finding door = new DoorSpeed(world, data.resolve("door")).measure(1, Duration.ofSeconds(1), 2_000);

            assertThat(due.details()).hasSize(3);
            assertThat(due.details().get(0)).contains("10 connections at once, 100 to 109 rows");
            assertThat(due.details().subList(1, 3)).allSatisfy(line -> assertThat(line)
                    .contains("10 connections", "not succeeded 0, synced twice at a time 0"));
            assertThat(door.details()).hasSize(7);
            assertThat(door.details().get(3)).contains("2000 records sent");
            assertThat(fresh.details().get(0)).contains("n=2");
        }
    }
}
