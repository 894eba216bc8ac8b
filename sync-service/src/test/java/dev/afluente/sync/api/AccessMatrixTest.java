package dev.afluente.sync.api;

import static java.util.Map.entry;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.model.openapi.contract.AccessMatrix;
import dev.afluente.model.openapi.contract.AccessMatrix.Row;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Proof 8: nobody without the right to an operation gets anything from it, nor learns what exists. */
@QuarkusTest
class AccessMatrixTest {
    private static final String NOBODYS = UUID.randomUUID().toString();

    private static final Set<String> OF_OPERATORS = Set.of("listEvents", "getEvent", "replayEvent", "replayEvents");

    @Test
    void everyOperationIsClosedToWhoeverHasNoRightToIt() {
        String item = Sandbox.connect("user-ok-20");
        Person owner = Person.of("acme", "ana-" + UUID.randomUUID()).connects(item);
        owner.awaitRuns(1);
        Stream.notified("item/updated", item);
        owner.awaitRuns(2);
        UUID event = Sql.run("SELECT id FROM inbox WHERE link_id = $1", item)
                .iterator()
                .next()
                .getUUID(0);
        TokenClaims valid = TokenClaims.of(owner.user).withTenant(owner.tenant);

        AccessMatrix matrix = new AccessMatrix(Person.contract(), rows(owner, event))
                .refuses(IdentityResource.forgeries().of(valid))
                .forbids(IdentityResource.forgeries().withoutRole(valid))
                .forbids(token(valid), OF_OPERATORS)
                .hides("the same user of another tenant", operator(valid.withTenant("globex")))
                .hides("the same user of the default tenant", operator(TokenClaims.of(owner.user)))
                .hides("another user", operator(TokenClaims.of("bia").withTenant(owner.tenant)), OF_OPERATORS);

        System.out.println(matrix.figures());
    }

    private static Map<String, Row> rows(Person owner, UUID event) {
        String account = (String) owner.accounts().get(0).get("id");
        Object transaction = owner.transactions(account).get(0).get("id");
        Object run = owner.runs().get(0).get("id");
        return Map.ofEntries(
                entry("listAccounts", of("accounts?connection_id=", owner.connection)),
                entry("getAccount", of("accounts/", account)),
                entry("listTransactions", of("transactions?account_id=", account)),
                entry("getTransaction", of("transactions/", transaction)),
                entry("listSyncRuns", of("sync_runs?connection_id=", owner.connection)),
                entry("listEvents", of("events?link_id=", owner.connection)),
                entry("getEvent", of("events/", event)),
                entry(
                        "replayEvent",
                        new Row(
                                "/api/banking/events/" + event + "/replay",
                                "/api/banking/events/" + NOBODYS + "/replay",
                                null)),
                entry(
                        "replayEvents",
                        new Row(
                                "/api/banking/events/replay",
                                "/api/banking/events/replay",
                                "{\"ids\":[\"" + event + "\"]}")),
                entry("getSyncRun", of("sync_runs/", run)),
                entry(
                        "followSyncRun",
                        new Row(
                                "/api/banking/sync_runs/" + run + "/events",
                                "/api/banking/sync_runs/" + NOBODYS + "/events",
                                null)));
    }

    private static Row of(String path, Object id) {
        return new Row("/api/banking/" + path + id, "/api/banking/" + path + NOBODYS, null);
    }

    private static String operator(TokenClaims claims) {
        return token(claims.withGroups(Set.of("user", "operator")));
    }

    private static String token(TokenClaims claims) {
        return IdentityResource.tokens().sign(claims);
    }
}
