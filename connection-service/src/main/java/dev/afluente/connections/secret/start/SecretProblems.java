package dev.afluente.connections.secret.start;

import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.secret.UnopenableException;
import dev.afluente.model.problem.ProblemCode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** How failures of secrets look to a client. */
@Singleton
class SecretProblems {
    private static final Logger LOG = Logger.getLogger(SecretProblems.class);
    private static final long PAUSE_SECONDS = 5;

    @ServerExceptionMapper
    Response away(SecretsAwayException away) {
        return ProblemCode.SECRETS_UNAVAILABLE.retryAfter(PAUSE_SECONDS).toResponse();
    }

    @ServerExceptionMapper
    Response unopenable(UnopenableException broken) {
        LOG.errorf("A stored secret cannot be opened: %s", broken.reason());
        return ProblemCode.INTERNAL_ERROR.problem().toResponse();
    }
}
