package dev.afluente.local.crash;

import dev.afluente.embedded.process.Readiness;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.local.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * Kill -9 of services, one to three in a round, at drawn moments; the first of a round while all are at work, the others also while
 * they or the others start. Each is started again at once. PostgreSQL crashes and Kafka is killed once in ten kills. The door dies in the first part
 * only, since the provider takes its time to knock again. Blocks; for one thread.
 */
final class Kills {
    private static final Duration READY = Duration.ofMinutes(2);
    private static final int LONGEST_PAUSE = 4_000;
    private static final int LONGEST_GAP = 1_000;
    private static final List<Role> SERVICES = List.of(Role.SYNC, Role.CONNECTION, Role.WEBHOOK);

    private final Stack stack;
    private final Random random;
    private final List<Role> victims = new ArrayList<>();
    private final Map<Role, Integer> killed = new EnumMap<>(Role.class);
    private int postgres;
    private int kafka;
    private Instant lastStart = Instant.now();
    private Instant ready = lastStart;

    Kills(Stack stack, int kills, Random random) {
        this.stack = stack;
        this.random = random;
        int first = kills * 6 / 10;
        victims.addAll(drawn(first, SERVICES));
        victims.addAll(drawn(kills - first, List.of(Role.SYNC, Role.CONNECTION)));
    }

    private List<Role> drawn(int count, List<Role> roles) {
        List<Role> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(roles.get(i % roles.size()));
        }
        Collections.shuffle(drawn, random);
        return drawn;
    }

    /** Returns when all services are ready after the last start. */
    void all() {
        int at = 0;
        while (at < victims.size()) {
            pause(LONGEST_PAUSE);
            int end = Math.min(victims.size(), at + 1 + random.nextInt(3));
            for (; at < end; at++) {
                kill(victims.get(at));
                crashAStore(at);
                pause(LONGEST_GAP);
            }
            SERVICES.forEach(this::awaitReady);
        }
        ready = Instant.now();
    }

    private void kill(Role victim) {
        stack.service(victim).kill();
        stack.service(victim).start();
        lastStart = Instant.now();
        killed.merge(victim, 1, Integer::sum);
    }

    private void crashAStore(int kill) {
        if (kill % 10 == 1) {
            stack.postgres().crash();
            stack.postgres().start();
            postgres++;
        } else if (kill % 10 == 4) {
            stack.kafka().kill();
            stack.kafka().start();
            kafka++;
        }
    }

    private void awaitReady(Role role) {
        new Readiness().await(stack.service(role), stack.health(role), READY);
    }

    private void pause(int longest) {
        Duration pause = Duration.ofMillis(random.nextInt(longest));
        Awaitility.await().pollDelay(pause).atMost(pause.plusSeconds(10)).until(() -> true);
    }

    /** When all services were ready again after the last kill. */
    Instant ready() {
        return ready;
    }

    /** How long the last process took from its start until all were ready. */
    Duration lastStart() {
        return Duration.between(lastStart, ready);
    }

    String figures() {
        return "kills=%d sync=%d connection=%d webhook=%d postgres=%d kafka=%d"
                .formatted(
                        victims.size(),
                        killed.getOrDefault(Role.SYNC, 0),
                        killed.getOrDefault(Role.CONNECTION, 0),
                        killed.getOrDefault(Role.WEBHOOK, 0),
                        postgres,
                        kafka);
    }
}
