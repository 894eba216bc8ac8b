package dev.afluente.sync.account.refresh;

import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.account.AccountView;
import dev.afluente.sync.account.Accounts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Asks connection-service, which alone may have a bank read, to read the bank of an account. Its answer is passed on as
 * it is; when there is none within {@code quarkus.rest-client.connections.read-timeout}, {@code upstream_unavailable}.
 */
@ApplicationScoped
public class Refresh {
    private static final long RETRY_SECONDS = 5;

    private final Accounts accounts;
    private final ConnectionCommands connections;

    @Inject
    Refresh(Accounts accounts, @RestClient ConnectionCommands connections) {
        this.accounts = accounts;
        this.connections = connections;
    }

    /**
     * @param authorization the caller's own token, which this request was verified with
     * @param traceparent as it came; may be null
     */
    Uni<Response> ask(Caller caller, UUID account, String authorization, String traceparent) {
        return accounts.one(caller, account)
                .onItem()
                .ifNull()
                .failWith(ProblemCode.ACCOUNT_NOT_FOUND::problem)
                .map(AccountView::connectionId)
                .chain(connection -> forward(connection, authorization, traceparent));
    }

    private Uni<Response> forward(UUID connection, String authorization, String traceparent) {
        return connections
                .sync(connection, authorization, traceparent)
                .map(answer -> Response.status(answer.getStatus())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(answer.getEntity())
                        .build())
                .onFailure()
                .recoverWithUni(Refresh::refused);
    }

    private static Uni<Response> refused(Throwable failure) {
        return failure instanceof RefusedException refusal && refusal.speaksForItself()
                ? Uni.createFrom().item(refusal.passedOn())
                : Uni.createFrom().failure(ProblemCode.UPSTREAM_UNAVAILABLE.retryAfter(RETRY_SECONDS));
    }
}
