package dev.afluente.sync.merge.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.link.Link;
import dev.afluente.sync.merge.model.Bank.Happening;
import dev.afluente.sync.merge.model.Script.Trouble;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.worker.RunExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One account's life: what happens at the bank, how it is read, and what the ledger must then be. */
final class Life {
    private static final String TENANT = Attempt.TENANT;

    private final ScriptedSource source;
    private final RunExecution execution;
    private final Told told;
    private final String user = "model-" + UUID.randomUUID();
    private final Bank bank = new Bank();
    private final Map<Integer, UUID> ids = new HashMap<>();
    private final Deque<UUID> former = new ArrayDeque<>();
    private UUID connection = UUID.randomUUID();
    private boolean moved;
    int syncs;

    Life(ScriptedSource source, RunExecution execution, Told told) {
        this.source = source;
        this.execution = execution;
        this.told = told;
        link();
    }

    /** One step: things happen, perhaps they are read badly, then well; then the ledger is what the bank has. */
    void step(long seed) {
        Random draw = new Random(seed);
        for (int i = 1 + draw.nextInt(5); i > 0; i--) {
            bank.happens(Happening.any(draw), draw);
        }
        if (draw.nextInt(7) == 0) {
            moveOn(draw);
        }
        if (draw.nextInt(3) == 0) {
            Trouble trouble = List.of(Trouble.MOVES, Trouble.MOVES, Trouble.REFUSED, Trouble.CRASH)
                    .get(draw.nextInt(4));
            sync(draw, trouble, List.of(), draw.nextBoolean());
        }
        if (draw.nextInt(3) == 0 && !moved) {
            readAsNotified(draw);
        } else {
            Trouble passing =
                    draw.nextInt(25) == 0 ? Trouble.LIMITED : draw.nextInt(60) == 0 ? Trouble.DROPPED : Trouble.NONE;
            sync(draw, passing, List.of(), draw.nextInt(3) == 0);
        }
        ledgerIsTheBank();
        if (draw.nextInt(3) == 0) {
            anotherSyncWritesNothing(draw);
        }
    }

    private void moveOn(Random draw) {
        moved = true;
        if (draw.nextBoolean()) {
            bank.newAccountId();
            return;
        }
        if (!former.isEmpty() && draw.nextBoolean()) {
            removeLink();
            bank.goBack();
            connection = former.pop();
            return;
        }
        boolean stays = draw.nextBoolean();
        if (stays) {
            former.push(connection);
        } else {
            removeLink();
        }
        bank.relink(stays);
        connection = UUID.randomUUID();
        link();
    }

    private void removeLink() {
        Sql.run("UPDATE link SET removed = true WHERE connection_id = $1", connection);
    }

    private void link() {
        Attempt.link(new Link(TENANT, connection, user, ScriptedSource.PROVIDER, bank.link, "Banco"));
    }

    private record Event(String kind, String body) {}

    /** What notifications would tell of everything that differs, each in a run of its own, in any order. */
    private void readAsNotified(Random draw) {
        Set<String> known = new HashSet<>();
        live().forEach(row -> known.add(row.getString("provider_id")));
        Set<String> there = bank.shown().stream().map(row -> row.providerId()).collect(Collectors.toSet());
        List<Event> events = new ArrayList<>();
        touched(known.stream().filter(id -> !there.contains(id)).toList(), events);
        touched(known.stream().filter(there::contains).toList(), events);
        events.add(new Event("taken", bank.account + "|" + Instant.now()));
        Collections.shuffle(events, draw);
        events.forEach(event -> sync(draw, Trouble.NONE, List.of(event), false));
    }

    private void touched(List<String> ids, List<Event> events) {
        if (!ids.isEmpty()) {
            events.add(new Event("touched", bank.account + "|" + String.join(",", ids)));
        }
    }

    private void sync(Random draw, Trouble trouble, List<Event> events, boolean everything) {
        syncs++;
        if (everything) {
            Sql.run("UPDATE account SET full_read_at = NULL WHERE user_id = $1", user);
        }
        Link link = new Link(TENANT, connection, user, ScriptedSource.PROVIDER, bank.link, "Banco");
        Attempt attempt = new Attempt(link, events.isEmpty() ? "MANUAL" : "WEBHOOK");
        UUID run = attempt.run;
        events.forEach(event -> Sql.run(
                "INSERT INTO inbox (event_id, provider, link_id, kind, data, state, tenant_id, run_id, traceparent)"
                        + " VALUES ($1, $2, $3, $4, convert_to($5, 'UTF8'), 'QUEUED', $6, $7, 'none')",
                UUID.randomUUID().toString(),
                ScriptedSource.PROVIDER,
                bank.link,
                event.kind(),
                event.body(),
                TENANT,
                run));
        source.play(new Script(bank, draw, trouble, () -> loses(run)));
        String status = attempt.execute(execution);
        if (trouble.passes()) {
            assertThat(status).isEqualTo("SUCCEEDED");
        }
    }

    /** As if another worker had taken the run over while this one was away. */
    private static Uni<Void> loses(UUID run) {
        return Sql.later("UPDATE sync_run SET lease_owner = gen_random_uuid() WHERE id = $1", run);
    }

    private Iterable<Row> live() {
        return Sql.run("SELECT * FROM transaction WHERE user_id = $1 AND deleted_at IS NULL", user);
    }

    private void ledgerIsTheBank() {
        assertThat(Sql.number("SELECT count(*) FROM account WHERE user_id = $1", user))
                .isEqualTo(1);
        Map<String, UUID> ledger = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (Row row : live()) {
            ledger.put(row.getString("provider_id"), row.getUUID("id"));
            lines.add(row.getString("provider_id") + " "
                    + row.getOffsetDateTime("date").toInstant() + " "
                    + row.getBigDecimal("amount").stripTrailingZeros().toPlainString() + " "
                    + row.getString("description") + " " + row.getString("status"));
        }
        assertThat(lines)
                .containsExactlyInAnyOrderElementsOf(bank.shown().stream()
                        .map(row -> row.providerId() + " " + row.date() + " "
                                + row.amount().stripTrailingZeros().toPlainString() + " " + row.description() + " "
                                + row.status())
                        .toList());
        for (Bank.Line line : bank.lines) {
            UUID now = ledger.get(line.id);
            UUID before = ids.put(line.key, now);
            line.parted |= before != null && !before.equals(now);
            if (before != null && line.certain(moved)) {
                assertThat(now).as("the same row: %s", line.text).isEqualTo(before);
            }
        }
        bank.seen();
        moved = false;
    }

    private void anotherSyncWritesNothing(Random draw) {
        String before = written();
        int tellings = told.of(user);
        sync(draw, Trouble.NONE, List.of(), draw.nextBoolean());
        assertThat(written()).isEqualTo(before);
        assertThat(told.of(user)).isEqualTo(tellings);
    }

    /** Where every row version stands: any write moves one. */
    private String written() {
        return Sql.run("""
                        SELECT (SELECT string_agg(ctid::text || xmin::text, ' ' ORDER BY id) FROM transaction WHERE user_id = $1)
                            || (SELECT string_agg(ctid::text || xmin::text, ' ' ORDER BY id) FROM decision WHERE user_id = $1)
                            || (SELECT ctid::text || xmin::text FROM feed_head WHERE user_id = $1)""", user).iterator().next().getString(0);
    }
}
