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
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Proof 8: nobody without the right to an operation gets anything from it, nor learns what exists. */
@QuarkusTest
class AccessMatrixTest {
    private static final String NOBODYS = UUID.randomUUID().toString();

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
                .hides("another user", token(TokenClaims.of("bia").withTenant(owner.tenant)));

        System.out.println(matrix.figures());
    }

    private static Map<String, Row> rows(Person owner) {
        String account = (String) owner.accounts().get(0).get("id");
        Object transaction = owner.transactions(account).get(0).get("id");
        Object run = owner.runs().get(0).get("id");
        Object changes = owner.get(Person.TRANSACTIONS + "/changes").jsonPath().get("next_cursor");
        return Map.ofEntries(
                entry("listAccounts", of("accounts?connection_id=", owner.connection)),
                entry("getAccount", of("accounts/", account)),
                entry("editAccount", of("accounts/", account, "{\"alias\":\"mine\"}")),
                entry("getAccountStatus", of("accounts/", account, "/status", null)),
                entry("getAccountStatusByOlderName", of("pluggy/accounts/", account, "/status", null)),
                entry("syncAccount", of("accounts/", account, "/sync", null)),
                entry("syncAccountByOlderName", of("pluggy/accounts/", account, "/sync", null)),
                entry("listTransactions", of("transactions?account_id=", account)),
                entry("getTransaction", of("transactions/", transaction)),
                entry("editTransaction", of("transactions/", transaction, "{\"notes\":\"mine\"}")),
                entry("exportTransactions", of("transactions/export?format=csv&account_id=", account)),
                entry("listTransactionChanges", of("transactions/changes?cursor=", changes)),
                entry("listSyncRuns", of("sync_runs?connection_id=", owner.connection)),
                entry("getSyncRun", of("sync_runs/", run)));
    }

    private static Row of(String path, Object id) {
        return of(path, id, null);
    }

    private static Row of(String path, Object id, String body) {
        return of(path, id, "", body);
    }

    private static Row of(String path, Object id, String below, String body) {
        String start = "/api/banking/" + path;
        return new Row(start + id + below, start + NOBODYS + below, body);
    }

    private static String token(TokenClaims claims) {
        return IdentityResource.tokens().sign(claims);
    }
}
