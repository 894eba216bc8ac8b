package dev.afluente.sync.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.model.event.TransactionsMerged;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a person changes is told on Kafka as what a sync changes is: exactly the rows that were written. */
@QuarkusTest
class OwnChangesTest {
    private static final String RULES = "/api/banking/category_rules";

    @Test
    void everyKindOfChangeIsToldAndNoneThatWritesNothing() {
        Person person = Person.somebody().connects(Sandbox.connect("user-ok-700", 2));
        person.awaitRuns(1);
        Map<Object, Set<UUID>> rows = person.accounts().stream()
                .collect(Collectors.toMap(account -> account.get("id"), account -> ids(person, account.get("id"))));
        Set<UUID> all = rows.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        UUID one = all.iterator().next();

        try (Announcements told = Announcements.of(person.connection)) {
            patch(person, one, "{\"notes\":\"once\"}");
            patch(person, one, "{\"notes\":\"once\"}");
            assertThat(told.soFar()).hasSize(1);
            assertThat(told.soFar().get(0).modified()).containsExactly(one);
            assertThat(told.soFar().get(0).runId()).isNull();

            categorise(person, "05000000");
            categorise(person, "05000000");
            List<TransactionsMerged> bulk = told.soFar().subList(1, told.soFar().size());
            assertThat(modified(bulk)).isEqualTo(all);
            bulk.forEach(event -> assertThat(rows.get(event.accountId().toString()))
                    .hasSizeGreaterThanOrEqualTo(event.modified().size())
                    .containsAll(event.modified()));
            assertThat(bulk).allSatisfy(event -> assertThat(event.modified()).hasSizeLessThanOrEqualTo(500));
            assertThat(bulk.stream().mapToInt(event -> event.modified().size()).sum())
                    .isEqualTo(all.size());
            int before = told.soFar().size();

            String rule = person.makes(RULES, Map.of("text", "pix", "category_id", "08000000"));
            Set<UUID> ruled = modified(told.soFar().subList(before, told.soFar().size()));
            assertThat(ruled).isNotEmpty();
            int after = told.soFar().size();
            person.delete(RULES + "/" + rule).then().statusCode(204);
            assertThat(modified(told.soFar().subList(after, told.soFar().size())))
                    .isEqualTo(ruled);
        }
    }

    private static void patch(Person person, UUID row, String body) {
        person.patch(Person.TRANSACTIONS + "/" + row, body).then().statusCode(200);
    }

    private static void categorise(Person person, String category) {
        person.post(
                        Person.TRANSACTIONS + "/bulk_categorize",
                        Map.of("filter", Map.of("from", "2000-01-01"), "category_id", category))
                .then()
                .statusCode(200);
    }

    private static Set<UUID> ids(Person person, Object account) {
        return person.transactions(account).stream()
                .map(row -> UUID.fromString((String) row.get("id")))
                .collect(Collectors.toSet());
    }

    private static Set<UUID> modified(List<TransactionsMerged> events) {
        Set<UUID> rows = new HashSet<>();
        events.forEach(event -> rows.addAll(event.modified()));
        return rows;
    }
}
