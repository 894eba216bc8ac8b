package dev.afluente.sandbox.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.account.Account.Telling;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.statement.Bills;
import dev.afluente.sandbox.statement.Book;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** An account in Pluggy's JSON (OpenAPI schema {@code Account}). */
@Singleton
public class AccountView {

    private static final BigDecimal MINIMUM_RATE = new BigDecimal("0.15");

    private final boolean negativeCards;

    public AccountView(SandboxConfig config) {
        this.negativeCards = config.cardSigns() == SandboxConfig.CardSigns.SANDBOX;
    }

    public ObjectNode of(Account account) {
        Account.Face face = account.face();
        ObjectNode view = Json.object()
                .put("id", account.id())
                .put("type", face.type())
                .put("subtype", face.subtype())
                .put("number", face.number())
                .put("name", face.name())
                .put("marketingName", face.marketingName())
                .put("balance", shownBalance(account))
                .put("itemId", account.ref().itemId())
                .put(
                        "taxNumber",
                        face.telling() == Telling.BARE
                                ? null
                                : account.book().holder().cpf())
                .put("owner", account.book().holder().name())
                .put("currencyCode", "BRL");
        view.set("bankData", face.isCard() ? null : bankData(account));
        view.set("creditData", face.isCard() ? creditData(account) : null);
        return view.put("createdAt", Json.time(account.createdAt())).put("updatedAt", Json.time(account.updatedAt()));
    }

    private BigDecimal shownBalance(Account account) {
        return account.face().isCard() && negativeCards ? account.balance().negate() : account.balance();
    }

    private static ObjectNode bankData(Account account) {
        ObjectNode data = Json.object()
                .put("transferNumber", transferNumber(account.face()))
                .put("closingBalance", account.balance())
                .put("automaticallyInvestedBalance", BigDecimal.ZERO)
                .put("overdraftContractedLimit", BigDecimal.valueOf(50000, 2))
                .put("overdraftUsedLimit", BigDecimal.ZERO)
                .put("unarrangedOverdraftAmount", BigDecimal.ZERO)
                .put("hasReservedBalance", false);
        data.set("reservedBalances", Json.array());
        return data;
    }

    private static String transferNumber(Account.Face face) {
        return face.telling() == null || face.telling() == Telling.WHOLE
                ? face.transferNumber()
                : face.telling() == Telling.DOCUMENTED ? face.number() : null;
    }

    private static ObjectNode creditData(Account account) {
        Account.Credit credit = account.face().credit();
        LocalDate today = account.book().anchor();
        BigDecimal free = credit.limit().subtract(account.balance()).max(BigDecimal.ZERO);
        ObjectNode data = Json.object()
                .put("level", credit.level())
                .put("brand", credit.brand())
                .put("balanceCloseDate", Json.time(Book.midnight(Bills.nextClosing(today))))
                .put("balanceDueDate", Json.time(Book.midnight(Bills.nextDue(today))))
                .put("availableCreditLimit", free)
                .putNull("balanceForeignCurrency")
                .put("minimumPayment", account.balance().multiply(MINIMUM_RATE).setScale(2, RoundingMode.HALF_EVEN))
                .put("creditLimit", credit.limit())
                .put("isLimitFlexible", false)
                .put("status", "ACTIVE")
                .put("holderType", "MAIN");
        if (account.book().openFinance()) {
            data.set("disaggregatedCreditLimits", limits(account, free));
        }
        data.set("additionalCards", Json.array());
        return data;
    }

    private static ArrayNode limits(Account account, BigDecimal free) {
        return Json.array()
                .add(Json.object()
                        .put("creditLineLimitType", "LIMITE_CREDITO_TOTAL")
                        .put("consolidationType", "CONSOLIDADO")
                        .put("identificationNumber", account.face().number())
                        .put("isLimitFlexible", false)
                        .put("usedAmount", account.balance())
                        .put("usedAmountCurrencyCode", "BRL")
                        .put("limitAmount", account.face().credit().limit())
                        .put("limitAmountCurrencyCode", "BRL")
                        .put("availableAmount", free)
                        .put("availableAmountCurrencyCode", "BRL"));
    }
}
