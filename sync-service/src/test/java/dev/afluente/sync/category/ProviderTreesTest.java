package dev.afluente.sync.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.sync.source.category.CategorySource.ProviderCategory;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProviderTreesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    ProviderTrees trees;

    @Test
    void theTreeIsThereAfterTheFirstStartAndAskedForAgainTheNextDay() {
        await().atMost(SOON).until(() -> count("pluggy") > 40);

        assertThat(Sql.number("""
                SELECT count(*) FROM category_round WHERE provider = 'pluggy'
                AND due_at BETWEEN now() + interval '23 hours' AND now() + interval '25 hours'""")).isEqualTo(1);
    }

    @Test
    void ofManyInstancesOneAsks() {
        String provider = somebody();

        assertThat(claims(provider)).isEqualTo(1);
        assertThat(claims(provider)).isZero();

        // Who claimed and fell silent is followed by another, once.
        Sql.run("UPDATE category_round SET due_at = now() - interval '1 second' WHERE provider = $1", provider);
        assertThat(claims(provider)).isEqualTo(1);

        store(provider, category("1", "Um"));
        Sql.run("UPDATE category_round SET due_at = now() - interval '1 second' WHERE provider = $1", provider);
        assertThat(claims(provider)).isEqualTo(1);
    }

    @Test
    void anUnchangedTreeIsNotWrittenAndWhatIsDroppedKeepsItsName() {
        String provider = somebody();
        store(provider, category("1", "Um"), category("2", "Dois"));
        String written = versions(provider);

        store(provider, category("2", "Dois"), category("1", "Um"));
        assertThat(versions(provider)).isEqualTo(written);

        store(provider);
        assertThat(versions(provider)).isEqualTo(written);

        store(provider, category("2", "Dois e meio"));
        assertThat(Sql.run(
                        "SELECT id || name_pt || listed AS c FROM provider_category WHERE provider = $1 ORDER BY id",
                        provider))
                .extracting(row -> row.getString(0))
                .containsExactly("1Umfalse", "2Dois e meiotrue");

        store(provider, category("1", "Um"), category("2", "Dois e meio"));
        assertThat(Sql.number("SELECT count(*) FROM provider_category WHERE provider = $1 AND listed", provider))
                .isEqualTo(2);
        Sql.run("DELETE FROM provider_category WHERE provider = $1", provider);
    }

    private long claims(String provider) {
        List<Uni<Boolean>> many =
                Stream.generate(() -> trees.claim(provider)).limit(16).toList();
        return Uni.join().all(many).andFailFast().await().atMost(SOON).stream()
                .filter(ours -> ours)
                .count();
    }

    private void store(String provider, ProviderCategory... found) {
        trees.store(provider, List.of(found)).await().atMost(SOON);
    }

    private static ProviderCategory category(String id, String name) {
        return new ProviderCategory(id, null, name, name);
    }

    private static String versions(String provider) {
        return Sql.run(
                        "SELECT string_agg(xmin::text || ctid::text, ',' ORDER BY id) FROM provider_category WHERE provider = $1",
                        provider)
                .iterator()
                .next()
                .getString(0);
    }

    private static long count(String provider) {
        return Sql.number("SELECT count(*) FROM provider_category WHERE provider = $1", provider);
    }

    private static String somebody() {
        return "test-" + UUID.randomUUID();
    }
}
