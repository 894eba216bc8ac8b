package dev.afluente.sync.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules made, changed and removed at random, between and during syncs: every row says what a plain reading would say. */
@QuarkusTest
class RuleModelTest {
    private static final String RULES = "/api/banking/category_rules";
    private static final List<String> CATEGORIES = List.of("11000000", "08000000", "19000000", "99999999");
    private static final boolean FULL = "full".equals(System.getProperty("proofs"));

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> made = new ArrayList<>();
    private Person person;

    @Test
    void everyRowIsWhatTheFirstRuleThatHoldsSays() {
        String item = Sandbox.connect("user-ok-400");
        person = Person.somebody().connects(item);
        person.awaitRuns(1);
        int steps = FULL ? 1_000 : 40;
        int runs = 1;
        long written = 0;
        for (int step = 0; step < steps; step++) {
            long before = feed();
            if (random.nextInt(8) == 0) {
                Sandbox.change(item, Map.of("add", 3, "change", 4, "remove", 2));
                Stream.notified("item/updated", item);
                person.awaitRuns(++runs);
            } else {
                anything();
            }
            written += assertAsModelled("step " + step);
            assertThat(feed()).isGreaterThanOrEqualTo(before);
        }
        System.out.println("rules against their model: seed " + seed + ", " + steps + " steps, " + made.size()
                + " rules at the end, " + written + " rows compared");
    }

    @Test
    void aRuleThatIsMadeDuringASyncMissesNoRow() {
        String item = Sandbox.connect("user-ok-" + (FULL ? 50_000 : 6_000));
        person = Person.somebody();
        await().atMost(Duration.ofSeconds(20)).until(this::treeIsThere);
        // Otherwise a fast sync may be over before the first of them, and nothing has met.
        IntStream.range(0, 5).forEach(first -> anything());
        person.connects(item);
        CompletableFuture<Void> syncing = CompletableFuture.runAsync(() -> person.awaitRuns(1));
        int made = 0;
        while (!syncing.isDone()) {
            anything();
            made++;
        }
        syncing.join();

        long rows = assertAsModelled("after " + made + " changes during one sync");
        System.out.println(
                "rules during a sync: seed " + seed + ", " + made + " changes, " + rows + " rows as modelled");
    }

    private void anything() {
        if (!made.isEmpty() && random.nextInt(4) == 0) {
            String gone = made.remove(random.nextInt(made.size()));
            person.delete(RULES + "/" + gone).then().statusCode(204);
        } else if (!made.isEmpty() && random.nextInt(3) == 0) {
            String changed = made.get(random.nextInt(made.size()));
            Map<String, Object> body = rule();
            for (String member : List.of("text", "merchant", "document", "min_amount", "max_amount", "type")) {
                body.putIfAbsent(member, null);
            }
            person.patch(RULES + "/" + changed, body).then().statusCode(200);
        } else {
            made.add(person.makes(RULES, rule()));
        }
    }

    /** A rule that holds for something, as a rule. */
    private Map<String, Object> rule() {
        List<Row> rows = rows("ORDER BY id LIMIT 200");
        Row sample = rows.isEmpty() ? null : rows.get(random.nextInt(rows.size()));
        Map<String, Object> rule = new HashMap<>();
        rule.put("category_id", CATEGORIES.get(random.nextInt(CATEGORIES.size())));
        rule.put("priority", random.nextInt(6));
        int conditions = 1 + random.nextInt(2);
        while (rule.size() < 2 + conditions) {
            addCondition(rule, sample, random.nextInt(6));
        }
        return rule;
    }

    private void addCondition(Map<String, Object> rule, Row sample, int kind) {
        switch (kind) {
            case 0 -> rule.put("type", random.nextBoolean() ? "DEBIT" : "CREDIT");
            case 1 -> rule.put("min_amount", "-" + (300 + random.nextInt(900)) + ".50");
            case 2 -> rule.put("max_amount", "-" + random.nextInt(300) + ".25");
            case 3 -> put(rule, "merchant", sample == null ? null : sample.getString("merchant_name"));
            case 4 -> put(rule, "document", sample == null ? null : sample.getString("counterparty_document"));
            default -> {
                if (!rule.containsKey("text")) {
                    String words = sample == null
                            ? "Pix Enviado"
                            : sample.getString("description").toUpperCase(Locale.ROOT);
                    String match = List.of("CONTAINS", "EQUALS", "STARTS").get(random.nextInt(3));
                    int from = match.equals("CONTAINS") ? words.length() / 3 : 0;
                    put(
                            rule,
                            "text",
                            match.equals("EQUALS")
                                    ? words
                                    : words.substring(from, words.length() * 2 / 3)
                                            .strip());
                    put(rule, "text_match", rule.containsKey("text") ? match : null);
                }
            }
        }
    }

    private static void put(Map<String, Object> rule, String member, String value) {
        if (value != null && !value.isBlank()) {
            rule.put(member, value);
        }
    }

    private long assertAsModelled(String when) {
        List<Map<String, Object>> rules = person.get(RULES).jsonPath().getList("data");
        assertThat(rules)
                .isSortedAccordingTo(
                        Comparator.<Map<String, Object>>comparingInt(rule -> (Integer) rule.get("priority"))
                                .thenComparing(rule -> (String) rule.get("id")));
        List<Row> rows = rows("");
        for (Row row : rows) {
            Map<String, Object> first =
                    rules.stream().filter(rule -> holds(rule, row)).findFirst().orElse(Map.of());
            assertThat(Objects.toString(row.getUUID("rule_id"), null))
                    .as("seed %d, %s: %s of %s", seed, when, row.getString("description"), row.getBigDecimal("amount"))
                    .isEqualTo(first.get("id"));
            assertThat(row.getString("rule_category_id")).isEqualTo(first.get("category_id"));
        }
        return rows.size();
    }

    private static boolean holds(Map<String, Object> rule, Row row) {
        BigDecimal amount = row.getBigDecimal("amount");
        return fits(rule, "type", type -> type.equals(row.getString("type")))
                && fits(rule, "min_amount", min -> amount.compareTo(new BigDecimal(min)) >= 0)
                && fits(rule, "max_amount", max -> amount.compareTo(new BigDecimal(max)) <= 0)
                && fits(rule, "merchant", name -> plain(name).equals(plain(row.getString("merchant_name"))))
                && fits(
                        rule,
                        "document",
                        digits -> digits.equals(digits(row.getString("counterparty_document")))
                                || digits.equals(digits(row.getString("merchant_document"))))
                && fits(
                        rule,
                        "text",
                        text -> reads(
                                (String) rule.get("text_match"), plain(row.getString("description")), plain(text)));
    }

    private static boolean reads(String match, String description, String text) {
        return switch (match) {
            case "EQUALS" -> description.equals(text);
            case "STARTS" -> description.startsWith(text);
            default -> description.contains(text);
        };
    }

    private static boolean fits(Map<String, Object> rule, String member, Predicate<String> condition) {
        String value = (String) rule.get(member);
        return value == null || condition.test(value);
    }

    /** By hand, so that it is another opinion than the service's. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (char c : (text == null ? "" : text).toLowerCase(Locale.ROOT).toCharArray()) {
            int accented = "áàâãäéêíóôõöúüçñ".indexOf(c);
            plain.append(accented < 0 ? c : "aaaaaeeioooouucn".charAt(accented));
        }
        return plain.toString().strip().replaceAll("\\s+", " ");
    }

    private static String digits(String text) {
        return text == null ? null : text.replaceAll("[^0-9]", "");
    }

    private List<Row> rows(String rest) {
        List<Row> rows = new ArrayList<>();
        Sql.run("SELECT * FROM transaction WHERE user_id = $1 " + rest, person.user)
                .forEach(rows::add);
        return rows;
    }

    private boolean treeIsThere() {
        return Sql.number("SELECT count(*) FROM provider_category WHERE id = $1", CATEGORIES.get(0)) == 1;
    }

    private long feed() {
        return Sql.number("SELECT coalesce(max(change_seq), 0) FROM transaction WHERE user_id = $1", person.user);
    }
}
