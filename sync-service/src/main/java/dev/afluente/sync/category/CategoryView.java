package dev.afluente.sync.category;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A category as clients see it.
 *
 * @param id the provider's own, or a UUID of the person's
 * @param parentId null at the top; a person's category may stand below a provider's
 * @param name a provider's in the language asked for, a person's as they wrote it
 * @param colour {@code #rrggbb}; null unless the person chose one
 * @param source {@code provider} or {@code user}
 */
public record CategoryView(
        String id,
        String name,
        @Schema(nullable = true) String parentId,
        @Schema(nullable = true) String colour,
        @Schema(enumeration = {"provider", "user"}) String source) {
    static final String BY_PROVIDER = "provider";
    static final String BY_USER = "user";

    boolean belongsToPerson() {
        return source.equals(BY_USER);
    }
}
