package dev.afluente.model.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * An empty body has no media type, whatever the client's library says it is: many call an empty POST a form. Without
 * this, an operation whose body may be absent would refuse them.
 */
public class EmptyBodies {
    @ServerRequestFilter(preMatching = true)
    void beNothing(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        boolean empty = length == null ? request.getHeaderString("Transfer-Encoding") == null : length.equals("0");
        if (empty && request.getHeaders().containsKey(HttpHeaders.CONTENT_TYPE)) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
