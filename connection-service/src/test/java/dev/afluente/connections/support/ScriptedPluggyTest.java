package dev.afluente.connections.support;

import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.embedded.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import org.junit.jupiter.api.BeforeEach;

/** Real PostgreSQL, real Kafka, and a Pluggy whose answers the test writes. */
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = @ResourceArg(name = "database", value = ScriptedPluggyTest.DATABASE))
@QuarkusTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = ScriptedPluggyTest.TOPICS))
@QuarkusTestResource(IdentityResource.class)
@QuarkusTestResource(ScriptedPluggy.class)
public abstract class ScriptedPluggyTest {
    public static final String DATABASE = "afluente_connections";

    public static final String TOPICS =
            "pluggy.webhooks,banking.sync-results,banking.connections,banking.connections.dead-letters,"
                    + "banking.sync-requests,banking.notifications";

    /** What earlier tests connected is unknown to this Pluggy: it would be looked for, and counted, in every later test. */
    @BeforeEach
    void freshPluggy() {
        Rows.execute("DELETE FROM tasks");
        ScriptedPluggy.reset();
    }
}
