package dev.afluente.sync.api;

import static java.util.Map.entry;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.model.openapi.contract.AccessMatrix;
import dev.afluente.model.openapi.contract.AccessMatrix.Row;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Proof 8: nobody without the right to an operation gets anything from it, nor learns what exists. */
@QuarkusTest
class AccessMatrixTest {
    private static final String NOBODYS = UUID.randomUUID().toString();
    private static final String OPERATOR = "operator";

    @Test
    void everyOperationIsClosedToWhoeverHasNoRightToIt() {
        Person owner = Person.of("acme", "ana-" + UUID.randomUUID()).connects(Sandbox.connect("user-ok-20"));
        owner.awaitRuns(1);
        TokenClaims valid = TokenClaims.of(owner.user).withTenant(owner.tenant);

        AccessMatrix matrix = new AccessMatrix(Person.contract(), rows(owner))
                .refuses(IdentityResource.forgeries().of(valid))
                .forbids(IdentityResource.forgeries().withoutRole(valid))
                .hides("the same user of another tenant", token(valid.withTenant("globex")))
                .hides("the same user of the default tenant", token(TokenClaims.of(owner.user)))
                .hides("another user", token(TokenClaims.of("bia").withTenant(owner.tenant)))
                .hides(
                        "an operator of another tenant",
                        token(valid.withTenant("globex").withGroups(Set.of("user", OPERATOR))),
                        OPERATOR);

        System.out.println(matrix.figures());
    }

    private static Map<String, Row> rows(Person owner) {
        String account = (String) owner.accounts().get(0).get("id");
        Object transaction = owner.transactions(account).get(0).get("id");
        Object run = owner.runs().get(0).get("id");
        Object decision = owner.get("/api/banking/transactions/" + transaction + "/decisions")
                .jsonPath()
                .get("data[0].id");
        return Map.ofEntries(
                entry("listAccounts", of("accounts?connection_id=", owner.connection)),
                entry("getAccount", of("accounts/", account)),
                entry("listTransactions", of("transactions?account_id=", account)),
                entry("getTransaction", of("transactions/", transaction)),
                entry(
                        "listTransactionDecisions",
                        new Row(
                                "/api/banking/transactions/" + transaction + "/decisions",
                                "/api/banking/transactions/" + NOBODYS + "/decisions",
                                null)),
                entry(
                        "listDecisions",
                        new Row(
                                "/api/banking/decisions?account_id=" + account,
                                "/api/banking/decisions?account_id=" + NOBODYS,
                                null,
                                OPERATOR)),
                entry(
                        "undoDecision",
                        new Row(
                                "/api/banking/decisions/" + decision + "/undo",
                                "/api/banking/decisions/" + NOBODYS + "/undo",
                                "{}",
                                OPERATOR)),
                entry("listSyncRuns", of("sync_runs?connection_id=", owner.connection)),
                entry("getSyncRun", of("sync_runs/", run)));
    }

    private static Row of(String path, Object id) {
        return new Row("/api/banking/" + path + id, "/api/banking/" + path + NOBODYS, null);
    }

    private static String token(TokenClaims claims) {
        return IdentityResource.tokens().sign(claims);
    }
}
