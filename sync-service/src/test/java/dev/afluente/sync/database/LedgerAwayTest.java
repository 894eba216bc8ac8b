package dev.afluente.sync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.sync.support.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** PostgreSQL is there and somebody else is in the way. What it does when it says nothing at all, the fault matrix shows. */
@QuarkusTest
class LedgerAwayTest {
    private static final String DATABASE = "afluente_sync_test";

    @Test
    void whatSomebodyElseHoldsIsNotNowAndNoDefect() throws SQLException {
        Person person = Person.somebody();
        // A program's first request loads classes, which is not the time that is asked about.
        person.get("/api/banking/categories").then().statusCode(200);
        try (Connection holder = PostgresResource.server().databases().connect(DATABASE);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE category IN ACCESS EXCLUSIVE MODE");
            long began = System.nanoTime();
            person.get("/api/banking/categories")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", equalTo("5"))
                    .body("code", equalTo("storage_unavailable"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(7));
            RestAssured.get("/q/health/ready").then().statusCode(200);
            holder.rollback();
        }
        person.get("/api/banking/categories").then().statusCode(200);
    }
}
