package dev.afluente.sync.support;

import com.github.f4b6a3.uuid.UuidCreator;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/**
 * Accounts and rows of a person that no provider sent, put into the ledger as a merge would: each change takes the
 * person's next number. For what a simulator's amounts, drawn at random, never show.
 */
public final class Books {
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");

    private final Person person;
    private final UUID connection = UUID.randomUUID();

    public Books(Person person) {
        this.person = person;
    }

    /** @param type BANK or CREDIT */
    public UUID account(String type, String balance) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Sql.run("""
                INSERT INTO account (tenant_id, id, user_id, connection_id, provider_id, type, currency, balance)
                VALUES ($1, $2, $3, $4, $5, $6, 'BRL', $7)""", person.tenant, id, person.user, connection, id.toString(), type, new BigDecimal(balance));
        return id;
    }

    /** A booked row. */
    public UUID row(UUID account, LocalDate day, String amount) {
        return row(account, day, amount, null, null);
    }

    /** A booked row with its other side. */
    public UUID row(UUID account, LocalDate day, String amount, String document, String name) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        BigDecimal exact = new BigDecimal(amount);
        Sql.run(
                """
                WITH f AS (INSERT INTO feed_head AS f (tenant_id, user_id, seq) VALUES ($1, $3, 1)
                    ON CONFLICT (tenant_id, user_id) DO UPDATE SET seq = f.seq + 1 RETURNING seq)
                INSERT INTO transaction (tenant_id, id, user_id, connection_id, account_id, provider_id, date, booking_day,
                    amount, currency, provider_amount, description, search_text, type, status, counterparty_document,
                    counterparty_name, change_seq, first_seq, shown_seq)
                SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 'BRL', $9, 'row', 'row', $10, 'POSTED', $11, $12, seq, seq, seq
                FROM f""",
                person.tenant,
                id,
                person.user,
                connection,
                account,
                id.toString(),
                day.atTime(12, 0).atZone(SAO_PAULO).toOffsetDateTime(),
                day,
                exact,
                exact.signum() < 0 ? "DEBIT" : "CREDIT",
                document,
                name);
        return id;
    }

    /** Changes a row, e.g. {@code status = 'PENDING'}. */
    public void change(UUID row, String assignment) {
        Sql.run("""
                WITH f AS (UPDATE feed_head SET seq = seq + 1 WHERE tenant_id = $1 AND user_id = $2 RETURNING seq)
                UPDATE transaction SET change_seq = f.seq, %s FROM f WHERE tenant_id = $1 AND id = $3""".formatted(assignment), person.tenant, person.user, row);
    }
}
