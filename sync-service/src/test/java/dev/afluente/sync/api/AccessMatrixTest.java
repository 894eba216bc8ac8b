package dev.afluente.sync.api;

import static java.util.Map.entry;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.model.openapi.contract.AccessMatrix;
import dev.afluente.model.openapi.contract.AccessMatrix.Row;
import dev.afluente.sync.support.Books;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
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
                .hides("the same user of another tenant", token(valid.withTenant("globex")))
                .hides("the same user of the default tenant", token(TokenClaims.of(owner.user)))
                .hides("another user", token(TokenClaims.of("bia").withTenant(owner.tenant)))
                .hides(
                        "an operator of another tenant",
                        token(valid.withTenant("globex").withGroups(Set.of("user", OPERATOR))),
                        OPERATOR);

        System.out.println(matrix.figures());
    }

    private static Map<String, Row> rows(Person owner, UUID event) {
        String account = (String) owner.accounts().get(0).get("id");
        String card = (String) owner.accounts().stream()
                .filter(each -> each.get("type").equals("CREDIT"))
                .findFirst()
                .orElseThrow()
                .get("id");
        Object bill =
                owner.get("/api/banking/accounts/" + card + "/bills").jsonPath().get("data[0].id");
        Object transaction = owner.transactions(account).get(0).get("id");
        Object run = owner.runs().get(0).get("id");
        Object changes = owner.get(Person.TRANSACTIONS + "/changes").jsonPath().get("next_cursor");
        Object category = owner.makes("/api/banking/categories", Map.of("name", "Churrasco"));
        Object rule = owner.makes("/api/banking/category_rules", Map.of("text", "pix", "category_id", category));
        Object decision = owner.get("/api/banking/transactions/" + transaction + "/decisions")
                .jsonPath()
                .get("data[0].id");
        return Map.ofEntries(
                entry("listAccounts", of("accounts?connection_id=", owner.connection)),
                entry("getAccount", of("accounts/", account)),
                entry("editAccount", of("accounts/", account, "{\"alias\":\"mine\"}")),
                entry("getAccountStatus", of("accounts/", account, "/status", null)),
                entry("getAccountStatusByOlderName", of("pluggy/accounts/", account, "/status", null)),
                entry("syncAccount", of("accounts/", account, "/sync", null)),
                entry("syncAccountByOlderName", of("pluggy/accounts/", account, "/sync", null)),
                entry(
                        "listBills",
                        new Row(
                                "/api/banking/accounts/" + card + "/bills",
                                "/api/banking/accounts/" + NOBODYS + "/bills",
                                null)),
                entry("getBill", of("bills/", bill)),
                entry("listInstallments", of("installments?account_id=", card)),
                entry("listTransactions", of("transactions?account_id=", account)),
                entry("getTransaction", of("transactions/", transaction)),
                entry("editTransaction", of("transactions/", transaction, "{\"notes\":\"mine\"}")),
                entry("exportTransactions", of("transactions/export?format=csv&account_id=", account)),
                entry("listTransactionChanges", of("transactions/changes?cursor=", changes)),
                entry("listCategories", new Row("/api/banking/categories", "/api/banking/categories", null)),
                entry("createCategory", body("categories", "{\"name\":\"x\",\"parent_id\":\"%s\"}", category)),
                entry("changeCategory", withBody("categories/", category, "{\"name\":\"y\"}")),
                entry("deleteCategory", of("categories/", category)),
                entry("listCategoryRules", new Row("/api/banking/category_rules", "/api/banking/category_rules", null)),
                entry(
                        "createCategoryRule",
                        body("category_rules", "{\"text\":\"x\",\"category_id\":\"%s\"}", category)),
                entry("changeCategoryRule", withBody("category_rules/", rule, "{\"text\":\"y\"}")),
                entry("deleteCategoryRule", of("category_rules/", rule)),
                entry(
                        "bulkCategorize",
                        body(
                                "transactions/bulk_categorize",
                                "{\"transaction_ids\":[\"" + transaction + "\"],\"category_id\":\"%s\"}",
                                category)),
                entry(
                        "getDashboard",
                        new Row("/api/banking/dashboard?month=2026-03", "/api/banking/dashboard?month=2026-03", null)),
                entry("listTransfers", new Row("/api/banking/transfers", "/api/banking/transfers", null)),
                entry(
                        "makeTransfer",
                        body("transfers", "{\"out_id\":\"" + transaction + "\",\"in_id\":\"%s\"}", transaction)),
                entry("refuseTransfer", of("transfers/", transfer(owner))),
                entry(
                        "getBalanceProof",
                        new Row(
                                "/api/banking/accounts/" + account + "/balance_proof",
                                "/api/banking/accounts/" + NOBODYS + "/balance_proof",
                                null)),
                entry(
                        "listSetAside",
                        new Row(
                                "/api/banking/accounts/" + account + "/set_aside",
                                "/api/banking/accounts/" + NOBODYS + "/set_aside",
                                null)),
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
                entry(
                        "listEvents",
                        new Row(
                                "/api/banking/events?link_id=" + owner.connection,
                                "/api/banking/events?link_id=" + NOBODYS,
                                null,
                                OPERATOR)),
                entry(
                        "getEvent",
                        new Row("/api/banking/events/" + event, "/api/banking/events/" + NOBODYS, null, OPERATOR)),
                entry(
                        "replayEvent",
                        new Row(
                                "/api/banking/events/" + event + "/replay",
                                "/api/banking/events/" + NOBODYS + "/replay",
                                null,
                                OPERATOR)),
                entry(
                        "replayEvents",
                        new Row(
                                "/api/banking/events/replay",
                                "/api/banking/events/replay",
                                "{\"ids\":[\"" + event + "\"]}",
                                OPERATOR)),
                entry("getSyncRun", of("sync_runs/", run)),
                entry(
                        "followSyncRun",
                        new Row(
                                "/api/banking/sync_runs/" + run + "/events",
                                "/api/banking/sync_runs/" + NOBODYS + "/events",
                                null)));
    }

    private static Object transfer(Person owner) {
        Books books = new Books(owner);
        Object out = books.row(books.account("BANK", "0"), LocalDate.of(2026, 3, 1), "-5");
        Object in = books.row(books.account("BANK", "0"), LocalDate.of(2026, 3, 1), "5");
        return owner.post("/api/banking/transfers", Map.of("out_id", out, "in_id", in))
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private static Row withBody(String path, Object id, String body) {
        return new Row("/api/banking/" + path + id, "/api/banking/" + path + NOBODYS, body);
    }

    /** An operation that is told of somebody's category in its body. */
    private static Row body(String path, String body, Object category) {
        return new Row("/api/banking/" + path, "/api/banking/" + path, body.formatted(category));
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
