package dev.afluente.sync.link;

import java.util.UUID;

/**
 * A connection as this service knows it from connection-service's events: whose it is, and where to read.
 *
 * @param provider the key of the {@code Source} that reads it
 * @param linkId the provider's own id of the link
 * @param institution the bank's name as connection-service tells it; may be empty
 */
public record Link(
        String tenantId, UUID connectionId, String userId, String provider, String linkId, String institution) {}
