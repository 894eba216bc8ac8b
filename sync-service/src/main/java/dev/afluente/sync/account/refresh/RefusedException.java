package dev.afluente.sync.account.refresh;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** connection-service refused, and said why in a problem document of at most {@value #MAX_BYTES} bytes. */
final class RefusedException extends RuntimeException {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1L;
    private static final int MAX_BYTES = 64 * 1024;

    private final int status;
    private final String retryAfter;
    private final String problem;

    private RefusedException(int status, String retryAfter, String problem) {
        super("connection-service refused with status " + status, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
        this.problem = problem;
    }

    /** Tells whether there is a problem document to pass on; a proxy's page is none. */
    boolean speaksForItself() {
        return problem != null;
    }

    /** Returns the refusal as our own answer. */
    Response passedOn() {
        Response.ResponseBuilder answer =
                Response.status(status).type(MEDIA_TYPE).entity(problem);
        return (retryAfter == null ? answer : answer.header("Retry-After", retryAfter)).build();
    }

    /** Reads a refusal. */
    public static final class Reader implements ResponseExceptionMapper<RefusedException> {
        @Override
        public RefusedException toThrowable(Response response) {
            boolean problem = response.getMediaType() != null
                    && MEDIA_TYPE.equals(response.getMediaType().getType() + "/"
                            + response.getMediaType().getSubtype());
            return new RefusedException(
                    response.getStatus(), response.getHeaderString("Retry-After"), problem ? text(response) : null);
        }

        private static String text(Response response) {
            try (InputStream in = response.readEntity(InputStream.class)) {
                return in == null ? null : new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            } catch (IOException | RuntimeException e) {
                return null;
            }
        }
    }
}
