package dev.afluente.webhooks.signature.source;

import dev.afluente.webhooks.signature.Delivery;
import dev.afluente.webhooks.signature.Layer;
import dev.afluente.webhooks.signature.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Passes deliveries from the allowed addresses. What a sender writes into the forwarding header is worth nothing: only the part
 * that our own proxies added is read. Immutable, for any thread.
 */
public final class SourceLayer implements Layer {

    private final List<AddressRange> allowed;
    private final List<AddressRange> proxies;
    private final String header;

    /** @throws IllegalArgumentException when a range cannot be read, or trusts everybody */
    public SourceLayer(SourceConfig config) {
        allowed = ranges(config.allowed(), "allowed");
        proxies = ranges(config.trustedProxies(), "trusted-proxies");
        header = config.header();
        if (proxies.stream().anyMatch(AddressRange::everything)) {
            throw new IllegalArgumentException("afluente.webhook.source.trusted-proxies must not trust every address");
        }
    }

    @Override
    public Verdict check(Delivery delivery, Instant now) {
        byte[] sender = sender(delivery);
        if (sender == null) {
            return Verdict.SOURCE_UNREADABLE;
        }
        return within(allowed, sender) ? Verdict.GENUINE : Verdict.SOURCE_NOT_ALLOWED;
    }

    private byte[] sender(Delivery delivery) {
        byte[] hop = AddressRange.address(delivery.peer());
        if (hop == null || !within(proxies, hop)) {
            return hop;
        }
        // Several lines of the header are one list, in order (RFC 9110, 5.3).
        String[] hops = String.join(",", delivery.headers().all(header)).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && within(proxies, hop); i--) {
            hop = AddressRange.address(withoutPort(hops[i].strip()));
            if (hop == null) {
                return null;
            }
        }
        return hop;
    }

    /** Some proxies write {@code 203.0.113.9:4711} or {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        int bracket = hop.indexOf(']');
        if (hop.startsWith("[") && bracket > 0) {
            return hop.substring(1, bracket);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private static boolean within(List<AddressRange> ranges, byte[] address) {
        for (AddressRange range : ranges) {
            if (range.holds(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<AddressRange> ranges(Optional<List<String>> texts, String key) {
        try {
            return texts.orElse(List.of()).stream().map(AddressRange::of).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("afluente.webhook.source." + key + ": " + e.getMessage(), e);
        }
    }
}
