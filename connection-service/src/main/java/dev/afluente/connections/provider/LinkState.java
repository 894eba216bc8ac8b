package dev.afluente.connections.provider;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All that a provider tells about a link, at one moment. It is stored as it is, so fields are only ever added.
 *
 * @param reason the provider's code for why the last attempt failed; null when it did not
 * @param consent null when the link rests on no consent
 * @param need null when there is nothing for the person to do
 * @param nextSyncAt when the provider reads the bank again by itself; null when it will not
 * @param asOf when this state began, by the provider's clock: orders the states of one link
 */
public record LinkState(
        Institution institution,
        Status status,
        String reason,
        List<Product> products,
        Consent consent,
        UserNeed need,
        Instant nextSyncAt,
        Instant asOf) {

    /** The bank at the other end; every member but the name may be null. */
    public record Institution(
            @Schema(nullable = true) String id,
            String name,
            @Schema(nullable = true) String logo,
            @Schema(nullable = true) String color) {}

    /** Where the link stands. */
    public enum Status {
        /** The provider is reading the bank. */
        UPDATING,
        /** The provider has read the bank; {@link #products()} tells which parts. */
        UPDATED,
        /** The login works, the reading failed; what was read before is still there. */
        OUTDATED,
        /** The bank asked something that the person has to answer. */
        WAITING_USER_INPUT,
        /** The person has to act at the bank. */
        WAITING_USER_ACTION,
        /** The bank refused the credentials or the consent. */
        LOGIN_ERROR,
        /** The provider gave up for a reason of its own. */
        ERROR,
        /** The provider uses a word this version does not know. */
        @JsonEnumDefaultValue
        UNKNOWN;

        /** Tells whether the state is bound to change soon without anybody's asking. */
        public boolean passing() {
            return this == UPDATING || this == WAITING_USER_INPUT || this == WAITING_USER_ACTION;
        }
    }

    /**
     * How far one product got.
     *
     * @param product e.g. {@code CREDIT_CARDS}; an open enumeration
     * @param lastUpdate when it was last read at the bank; null when never
     */
    public record Product(
            String product, @Schema(nullable = true) Instant lastUpdate, boolean isUpdated, List<Warning> warnings) {}

    /** A remark on one product. */
    public record Warning(
            @Schema(nullable = true) String code,
            @Schema(nullable = true) String message) {}

    /**
     * What the person has allowed. Members may be null where the provider does not tell.
     *
     * @param products what may be read, e.g. {@code ACCOUNTS}; an open enumeration
     * @param permissions as Open Finance Brasil names them, e.g. {@code ACCOUNTS_ALL}; empty elsewhere
     * @param expiresAt null when it does not expire
     * @param revokedAt null unless the person took it back
     */
    public record Consent(
            List<String> products, List<String> permissions, Instant grantedAt, Instant expiresAt, Instant revokedAt) {
        public Consent {
            products = products == null ? List.of() : List.copyOf(products);
            permissions = permissions == null ? List.of() : List.copyOf(permissions);
        }

        /** Tells whether the consent has been neither taken back nor run out. */
        public boolean validAt(Instant now) {
            return (expiresAt == null || now.isBefore(expiresAt)) && (revokedAt == null || now.isBefore(revokedAt));
        }
    }

    /** Returns when any part of the link was last read at the bank; null when that is not told. */
    public Instant lastRead() {
        return products.stream()
                .map(Product::lastUpdate)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Tells whether the person has taken the consent back or let it run out, as far as anybody knows. */
    public boolean lacksConsent(Instant now) {
        return (consent != null && !consent.validAt(now)) || (need != null && need.kind() == UserNeed.Kind.CONSENT);
    }

    /** Tells whether somebody who looks at the link would see no difference, apart from the bank's own words. */
    public boolean looksLike(LinkState other) {
        return other != null && comparable(this).equals(comparable(other));
    }

    private static LinkState comparable(LinkState state) {
        UserNeed need = state.need;
        return state.at(null).needing(need == null ? null : need.saying(null).sealedAs(null));
    }

    /** Returns this state with another need. */
    public LinkState needing(UserNeed other) {
        return new LinkState(institution, status, reason, products, consent, other, nextSyncAt, asOf);
    }

    /** Returns what may be stored of this state: the bank's words only as they were sealed. */
    public LinkState storable() {
        return need == null ? this : needing(need.saying(null));
    }

    /** Returns this state as of another moment. */
    public LinkState at(Instant moment) {
        return new LinkState(institution, status, reason, products, consent, need, nextSyncAt, moment);
    }
}
