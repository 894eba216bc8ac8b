package dev.afluente.connections.challenge;

import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.limit.Limit;
import dev.afluente.connections.limit.Limits;
import dev.afluente.model.event.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Takes a person's answer to their bank's question. */
@Path("/api/banking/connections")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class ChallengeResource {
    private final JsonWebToken token;
    private final Limits limits;
    private final Answering answering;

    ChallengeResource(JsonWebToken token, Limits limits, Answering answering) {
        this.token = token;
        this.limits = limits;
        this.answering = answering;
    }

    /** @param runId the run that goes on; whether the bank takes the answer shows in it and in the connection's status */
    public record Passed(String status, UUID runId) {}

    /** 202: passed on. */
    @POST
    @Path("{id}/update_mfa")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @Cancellable(false)
    public Uni<Passed> updateMfa(
            @PathParam("id") String id, ChallengeAnswer answer, @HeaderParam("traceparent") String traceparent) {
        Caller caller = Caller.of(token);
        UUID connection = Parameters.connection(id);
        if (answer == null) {
            throw ProblemCode.INVALID_BODY.because("Give either mfa_value or parameters");
        }
        answer.requireWhole();
        return limits.take(caller, Limit.MFA_ATTEMPT)
                .chain(() -> answering.answer(caller, connection, answer, TraceParent.continued(traceparent)))
                .map(run -> new Passed("SYNC_STARTED", run));
    }

    /** The older name. */
    @POST
    @Path("{id}/send_mfa")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @Cancellable(false)
    public Uni<Passed> sendMfa(
            @PathParam("id") String id, ChallengeAnswer answer, @HeaderParam("traceparent") String traceparent) {
        return updateMfa(id, answer, traceparent);
    }
}
