package dev.afluente.connections.challenge;

import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.limit.Limit;
import dev.afluente.connections.limit.Limits;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Takes a person's answer to their bank's question. */
@Path("/api/banking/connections")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Commands")
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
    @Operation(operationId = "answerChallenge", summary = "Answers the bank's pending question")
    @APIResponse(
            responseCode = "202",
            description = "Passed on",
            content = @Content(schema = @Schema(implementation = Passed.class)))
    @Answers({
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.INVALID_ANSWER,
        ProblemCode.NO_PENDING_CHALLENGE,
        ProblemCode.CHALLENGE_EXPIRED,
        ProblemCode.CONNECTION_BUSY,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE,
        ProblemCode.TOO_MANY_REQUESTS
    })
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
    @Operation(operationId = "answerChallengeByOlderName", summary = "Answers the bank's pending question")
    @APIResponse(
            responseCode = "202",
            description = "Passed on",
            content = @Content(schema = @Schema(implementation = Passed.class)))
    @Answers({
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.INVALID_ANSWER,
        ProblemCode.NO_PENDING_CHALLENGE,
        ProblemCode.CHALLENGE_EXPIRED,
        ProblemCode.CONNECTION_BUSY,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE,
        ProblemCode.TOO_MANY_REQUESTS
    })
    public Uni<Passed> sendMfa(
            @PathParam("id") String id, ChallengeAnswer answer, @HeaderParam("traceparent") String traceparent) {
        return updateMfa(id, answer, traceparent);
    }
}
