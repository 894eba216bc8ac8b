package dev.afluente.sync.merge;

import dev.afluente.model.event.format.TraceParent;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.link.Link;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.support.Sql;
import java.util.UUID;

/** An account in the ledger of somebody nobody else is, and a run that may write it; no worker knows of either. */
final class LeasedAccount {
    final UUID id = UUID.randomUUID();
    final LeasedRun run;
    private final String atSource;

    /**
     * @param provider who would be asked
     * @param atSource the account's id there
     */
    LeasedAccount(String tenant, String provider, String atSource) {
        this.atSource = atSource;
        this.run = new LeasedRun(
                UUID.randomUUID(),
                new Link(tenant, UUID.randomUUID(), atSource + "-" + id, provider, "link-" + id, ""),
                false,
                "AUTOMATIC",
                TraceParent.fresh().toString(),
                1,
                UUID.randomUUID());
    }

    /** Writes both down. */
    void lease() {
        Sql.run(
                "INSERT INTO sync_run (tenant_id, id, connection_id, user_id, trigger, status, traceparent,"
                        + " lease_owner, lease_until) VALUES ($1, $2, $3, $4, 'AUTOMATIC', 'RUNNING', $5, $6, now() +"
                        + " interval '1 h')",
                run.tenantId(),
                run.id(),
                run.link().connectionId(),
                run.link().userId(),
                run.traceparent(),
                run.owner());
        Sql.run(
                "INSERT INTO account (tenant_id, id, user_id, connection_id, provider_id, type, currency)"
                        + " VALUES ($1, $2, $3, $4, $5, 'BANK', 'BRL')",
                run.tenantId(),
                id,
                run.link().userId(),
                run.link().connectionId(),
                atSource);
    }

    /** As a run that has just looked at it would hold it. */
    LedgerAccount held(boolean fresh, boolean isSmall) {
        return new LedgerAccount(
                id,
                new SourceAccount(atSource, "BANK", null, null, null, "BRL", null, null, SourceAccount.Printed.NOTHING),
                null,
                null,
                null,
                LedgerAccount.Reader.FIRST,
                fresh,
                isSmall);
    }
}
