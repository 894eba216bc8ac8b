package dev.afluente.sync.replay;

import dev.afluente.model.http.Caller;
import dev.afluente.sync.database.Ledger;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.BiFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What an operator may see of the inbox: the events of their own tenant. Those whose tenant nobody knows, because they
 * are of a connection not known yet or could not be read, belong to the operators of the deployment, who are of the tenant
 * {@code afluente.operators-tenant} ({@code default}).
 */
@ApplicationScoped
public class Operators {
    private static final String OWN = "i.tenant_id = $1";
    private static final String OWN_AND_NOBODYS = "(i.tenant_id = $1 OR i.tenant_id IS NULL)";

    private final Ledger ledger;
    private final String home;

    @Inject
    public Operators(
            Ledger ledger, @ConfigProperty(name = "afluente.operators-tenant", defaultValue = "default") String home) {
        this.ledger = ledger;
        this.home = home;
    }

    /**
     * Does work in a transaction.
     *
     * @param work takes the connection and the condition on {@code inbox i} that every statement begins with, in which
     *     {@code $1} is the tenant
     */
    <T> Uni<T> scoped(Caller operator, BiFunction<SqlConnection, String, Uni<T>> work) {
        // Row-level security has no words for "mine and nobody's": for these operators the condition stands alone.
        return operator.tenant().equals(home)
                ? ledger.ofAll(connection -> work.apply(connection, OWN_AND_NOBODYS))
                : ledger.ofTenant(operator.tenant(), connection -> work.apply(connection, OWN));
    }
}
