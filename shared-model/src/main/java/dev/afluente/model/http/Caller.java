package dev.afluente.model.http;

import dev.afluente.model.problem.ProblemCode;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who is calling, read from the verified access token and from nowhere else: a header or a path never says who the
 * caller is.
 *
 * @param tenant claim {@code tenant}; {@code default} when absent
 * @param user claim {@code sub}
 */
public record Caller(String tenant, String user) {
    private static final String DEFAULT_TENANT = "default";
    private static final int MAX_LENGTH = 200;

    /** Reads the caller from a token whose signature, issuer, audience and expiry have been checked. */
    public static Caller of(JsonWebToken token) {
        Object claim = token.getClaim("tenant");
        Caller caller = new Caller(claim == null ? DEFAULT_TENANT : claim.toString(), token.getSubject());
        if (!plausible(caller.tenant) || !plausible(caller.user) || caller.tenant.indexOf('/') >= 0) {
            throw ProblemCode.UNAUTHORIZED
                    .builder()
                    .withHeader("WWW-Authenticate", "Bearer")
                    .build();
        }
        return caller;
    }

    /**
     * Pluggy's {@code clientUserId} of this caller: the user alone for the default tenant, {@code tenant/user}
     * otherwise. A tenant holds no slash and the default tenant's users are told apart by {@link #owns}.
     */
    public String clientUserId() {
        return tenant.equals(DEFAULT_TENANT) ? user : tenant + "/" + user;
    }

    /** Tells whether an item with this {@code clientUserId} belongs to this caller. */
    public boolean owns(String clientUserId) {
        // A user "acme/ana" of the default tenant would be spelled like user "ana" of tenant "acme".
        boolean ambiguous = tenant.equals(DEFAULT_TENANT) && user.indexOf('/') >= 0;
        return !ambiguous && clientUserId().equals(clientUserId);
    }

    private static boolean plausible(String name) {
        return name != null && !name.isBlank() && name.length() <= MAX_LENGTH;
    }
}
