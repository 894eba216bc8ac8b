package dev.afluente.sync.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Proof 12: whatever a provider sends, a bad row is set aside with its reason and the rest of its page lands, a bad account
 * or answer costs the other accounts nothing, and nothing of it is a failure of ours.
 */
@QuarkusTest
@QuarkusTestResource(value = ScriptedProvider.class, restrictToAnnotatedClass = true)
class HostileInputTest {
    private static final boolean FULL = "full".equals(System.getProperty("proofs"));
    private static final long SEED = Long.getLong("seed", FULL ? System.nanoTime() : 20_260_301L);
    private static final int BAD_ROWS = 14;
    private static final int GOOD_ROWS = 6;
    private static final int PAGES = 11;
    private static final int BAD_ACCOUNTS = 30;
    private static final int BAD_ANSWERS = 8;

    private final Spoilt spoilt = new Spoilt(SEED);
    private long rows;
    private long landed;
    private long setAside;
    private long accounts;
    private long unreadableAccounts;
    private long documents;

    @Test
    void badInputCostsItselfAndNothingElse() {
        Instant end = Instant.now().plus(FULL ? Duration.ofMinutes(10) : Duration.ZERO);
        int round = 0;
        do {
            for (int i = 0; i < 3; i++) {
                spoiltRows();
            }
            spoiltAccounts();
            spoiltAnswers();
            round++;
        } while (Instant.now().isBefore(end));

        System.out.println("hostile input: seed " + SEED + ", rounds " + round + ", spoilt rows " + rows + " (landed "
                + landed + ", set aside " + setAside + "), spoilt accounts " + accounts + " (unreadable "
                + unreadableAccounts + "), spoilt answers " + documents + "; lost neighbours 0, failures of ours 0");
        assertThat(rows + accounts + documents).isGreaterThanOrEqualTo(500);
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        String bad = id();
        String good = id();
        Person person =
                reads(List.of(good(bad), good(good)), Map.of(bad, ScriptedProvider.ENDLESS, good, oneGoodRow(good)));

        Map<String, Object> run = person.awaitRuns(1);

        System.out.println("endless answer: given up after " + ScriptedProvider.TAKEN.get() / 1024 / 1024 + " MiB");
        assertThat(run).containsEntry("status", "PARTIAL").containsEntry("reason", "answer_unreadable");
        assertThat(shown(person, good)).hasSize(1);
        assertThat(ScriptedProvider.TAKEN.get()).isLessThan(64L * 1024 * 1024);
    }

    @Test
    void whatTheBankRefusedIsSaidOfItsAccountsAndMovesNoWatermark() {
        String account = id();
        String item = id();
        ScriptedProvider.DETAILS.put(item, "{\"transactions\":{\"isUpdated\":false}}");
        ScriptedProvider.ACCOUNTS.put(item, answer(List.of(good(account))));
        ScriptedProvider.ROWS.put(account, oneGoodRow(account));
        Person person = Person.somebody().connects(item);

        Map<String, Object> run = person.awaitRuns(1);

        assertThat(run).containsEntry("status", "PARTIAL").containsEntry("reason", "provider_incomplete");
        assertThat(shown(person, account)).hasSize(1);
        assertThat(person.get("/api/banking/sync_runs/" + run.get("id"))
                        .jsonPath()
                        .getList("accounts.collect { it.status + ' ' + it.reason }"))
                .containsExactly("FAILED refused_by_bank");
        var status = person.get(
                        "/api/banking/accounts/" + person.accounts().get(0).get("id") + "/status")
                .jsonPath();
        assertThat(status.getString("next_step")).isEqualTo("SYNC_AGAIN");
        assertThat(status.getString("products[1].watermark")).isNull();
        assertThat(status.getString("products[1].last_run.meaning")).startsWith("O banco não entregou");
    }

    /** Each page is an account's own, so that rows of one name do not meet; all are read by one run. */
    private void spoiltRows() {
        String other = id();
        List<String> accounts = new ArrayList<>(List.of(other));
        Map<String, String> answers = new HashMap<>(Map.of(other, oneGoodRow(other)));
        for (int i = 0; i < PAGES; i++) {
            String account = id();
            accounts.add(account);
            answers.put(account, spoiltPage(account));
        }
        Person person = reads(accounts.stream().map(HostileInputTest::good).toList(), answers);

        Map<String, Object> run = person.awaitRuns(1);

        assertThat(run).as("seed " + SEED).containsEntry("status", "SUCCEEDED");
        assertThat(shown(person, other)).hasSize(1);
        accounts.stream().skip(1).forEach(account -> everyRowIsSomewhere(person, account));
    }

    private String spoiltPage(String account) {
        List<String> page = new ArrayList<>();
        spoilt.newPage();
        for (int i = 0; i < BAD_ROWS; i++) {
            page.add(spoilt.row(account + "-bad-" + i));
            if (i < GOOD_ROWS) {
                page.add(Spoilt.text(Spoilt.goodRow(account + "-good-" + i)));
            }
        }
        return answer(page);
    }

    private void everyRowIsSomewhere(Person person, String account) {
        List<Object> ids = shown(person, account);
        assertThat(ids.stream().filter(id -> id.toString().startsWith(account + "-good-")))
                .hasSize(GOOD_ROWS);
        long aside = Sql.number(
                "SELECT count(*) FROM set_aside s JOIN account a ON a.tenant_id = s.tenant_id AND a.id = s.account_id"
                        + " WHERE a.provider_id = $1 AND s.reason <> ''",
                account);
        assertThat(ids.size() - GOOD_ROWS + aside)
                .as("every spoilt row landed or was set aside, seed " + SEED)
                .isEqualTo(BAD_ROWS);
        rows += BAD_ROWS;
        landed += ids.size() - GOOD_ROWS;
        setAside += aside;
    }

    private void spoiltAccounts() {
        String good = id();
        List<String> list = new ArrayList<>();
        list.add(good(good));
        for (int i = 0; i < BAD_ACCOUNTS; i++) {
            list.add(spoilt.account(id()));
        }
        Person person = reads(list, Map.of(good, oneGoodRow(good)));

        Map<String, Object> run = person.awaitRuns(1);

        assertThat(shown(person, good)).hasSize(1);
        int readable = person.accounts().size();
        assertThat(readable).isBetween(1, list.size());
        assertThat(run)
                .as("seed " + SEED)
                .containsEntry("status", readable == list.size() ? "SUCCEEDED" : "PARTIAL")
                .containsEntry("reason", readable == list.size() ? null : "account_unreadable");
        accounts += list.size() - 1;
        unreadableAccounts += list.size() - readable;
    }

    private void spoiltAnswers() {
        String good = id();
        List<String> list = new ArrayList<>();
        Map<String, String> answers = new HashMap<>();
        for (int i = 0; i < BAD_ANSWERS; i++) {
            String bad = id();
            list.add(good(bad));
            answers.put(bad, spoilt.document());
        }
        list.add(good(good));
        answers.put(good, oneGoodRow(good));
        Person person = reads(list, answers);

        Map<String, Object> run = person.awaitRuns(1);

        assertThat(run)
                .as("seed " + SEED)
                .containsEntry("status", "PARTIAL")
                .containsEntry("reason", "answer_unreadable");
        assertThat(shown(person, good)).hasSize(1);
        assertThat(Sql.number(
                        "SELECT count(*) FROM sync_run_account s JOIN sync_run r ON r.tenant_id = s.tenant_id AND r.id = s.run_id"
                                + " WHERE r.user_id = $1 AND s.status = 'FAILED' AND s.reason = 'answer_unreadable'",
                        person.user))
                .as("seed " + SEED)
                .isEqualTo(BAD_ANSWERS);
        documents += BAD_ANSWERS;
    }

    private static Person reads(List<String> accounts, Map<String, String> rows) {
        String item = id();
        ScriptedProvider.ACCOUNTS.put(item, answer(accounts));
        ScriptedProvider.ROWS.putAll(rows);
        return Person.somebody().connects(item);
    }

    private static List<Object> shown(Person person, String providerId) {
        Object account = person.accounts().stream()
                .filter(each -> providerId.equals(each.get("provider_id")))
                .findFirst()
                .orElseThrow()
                .get("id");
        return person.transactions(account).stream()
                .map(row -> row.get("provider_id"))
                .toList();
    }

    private static String good(String account) {
        return Spoilt.text(Spoilt.goodAccount(account));
    }

    private static String oneGoodRow(String account) {
        return answer(List.of(Spoilt.text(Spoilt.goodRow(account + "-good"))));
    }

    private static String answer(List<String> rows) {
        return "{\"results\":[" + String.join(",", rows) + "],\"next\":null}";
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
