package dev.afluente.sync.transfer;

import dev.afluente.sync.merge.Changes;
import dev.afluente.sync.merge.MergeListener;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A pair ends with its rows: with the change that removes one of them, or that corrects one so that a pair nobody made by
 * hand no longer adds up. Same transaction: no reader sees half a transfer left out of the sums.
 */
@ApplicationScoped
public class PairsOnMerge implements MergeListener {
    private static final String END = """
            DELETE FROM transfer x USING transaction o, transaction i
            WHERE x.tenant_id = $1 AND (x.out_id = ANY($2) OR x.in_id = ANY($2))
                AND o.tenant_id = $1 AND o.id = x.out_id AND i.tenant_id = $1 AND i.id = x.in_id
                AND (o.deleted_at IS NOT NULL OR i.deleted_at IS NOT NULL OR (x.made_by = 'RULE'
                    AND (o.amount <> -i.amount OR o.currency <> i.currency
                        OR abs(o.booking_day - i.booking_day) > $3)))""";

    @Override
    public Uni<Void> merged(SqlConnection connection, String tenant, String user, Changes changes) {
        UUID[] rows = Stream.concat(changes.removed().stream(), changes.modified().stream())
                .toArray(UUID[]::new);
        return rows.length == 0
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(END)
                        .execute(Tuple.of(tenant, rows, Pairing.DAYS))
                        .replaceWithVoid();
    }
}
