package dev.afluente.model.http;

import dev.afluente.model.problem.ProblemCode;
import jakarta.json.JsonString;
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

    /** What the databases take for "of every tenant": nobody's name. */
    private static final String ALL_TENANTS = "*";

    /** Reads the caller from a token whose signature, issuer, audience and expiry have been checked. */
    public static Caller of(JsonWebToken token) {
        Caller caller = new Caller(tenant(token.getClaim("tenant")), token.getSubject());
        if (!plausible(caller.tenant)
                || !plausible(caller.user)
                || caller.tenant.indexOf('/') >= 0
                || caller.tenant.equals(ALL_TENANTS)) {
            throw ProblemCode.UNAUTHORIZED
                    .builder()
                    .withHeader("WWW-Authenticate", "Bearer")
                    .build();
        }
        return caller;
    }

    private static String tenant(Object claim) {
        if (claim == null) {
            return DEFAULT_TENANT;
        }
        if (claim instanceof JsonString text) {
            return text.getString();
        }
        if (claim instanceof String text) {
            return text;
        }
        throw ProblemCode.UNAUTHORIZED.problem();
    }

    /**
     * Pluggy's {@code clientUserId} of this caller: the user alone for the default tenant, {@code tenant/user}
     * otherwise; no two callers share one. A tenant holds no slash, and a user of the default tenant who holds one has
     * none, because it would be spelled like a user of another tenant.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem {@code forbidden} for such a user
     */
    public String clientUserId() {
        if (ambiguous()) {
            throw ProblemCode.FORBIDDEN.because("A user whose name holds a slash cannot connect banks");
        }
        return tenant.equals(DEFAULT_TENANT) ? user : tenant + "/" + user;
    }

    /** Tells whether an item with this {@code clientUserId} belongs to this caller. */
    public boolean owns(String clientUserId) {
        return !ambiguous() && clientUserId().equals(clientUserId);
    }

    /** A user "acme/ana" of the default tenant would be spelled like user "ana" of tenant "acme". */
    private boolean ambiguous() {
        return tenant.equals(DEFAULT_TENANT) && user.indexOf('/') >= 0;
    }

    private static boolean plausible(String name) {
        return name != null
                && !name.isBlank()
                && name.length() <= MAX_LENGTH
                && name.chars().noneMatch(Character::isISOControl);
    }
}
