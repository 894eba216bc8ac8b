package dev.afluente.sync.support;

import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.embedded.testing.SandboxResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;

/** PostgreSQL, Kafka, keys and the simulator: what every test of this service runs against. */
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = @ResourceArg(name = "database", value = "afluente_sync_test"))
@QuarkusTestResource(
        value = KafkaResource.class,
        initArgs =
                @ResourceArg(
                        name = "topics",
                        value =
                                "pluggy.webhooks,pluggy.webhooks.dead-letters,banking.connections,"
                                        + "banking.connections.dead-letters,banking.sync-requests,banking.sync-results,banking.transactions"))
@QuarkusTestResource(IdentityResource.class)
@QuarkusTestResource(SandboxResource.class)
@QuarkusTestResource(ScriptedConnections.class)
public class RealStack {}
