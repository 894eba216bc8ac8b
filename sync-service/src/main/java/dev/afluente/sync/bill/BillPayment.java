package dev.afluente.sync.bill;

/**
 * How a bill's payment is recognised among a card's rows, whether or not the account that paid is known: it lowers what is
 * owed, but it is neither a part of what a bill charges nor anybody's income.
 */
public final class BillPayment {
    /**
     * Holds for a row {@code t} of a card's account. Banks mark a payment by category or in words; the return of one is
     * none, and neither is a refund by a shop.
     */
    public static final String IS_PAYMENT = """
            (t.type = 'CREDIT' AND (coalesce(t.provider_category_id LIKE '0510%', false)
                OR (t.search_text ~ '\\m(pagamento|pagto|pgto)\\M' AND t.search_text !~ '\\mestorno\\M')))""";

    private BillPayment() {}
}
