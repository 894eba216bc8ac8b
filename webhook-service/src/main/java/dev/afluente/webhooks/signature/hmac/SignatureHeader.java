package dev.afluente.webhooks.signature.hmac;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a signature header apart, in either of two forms: signatures one after the other, or named fields. A header with one
 * part that does not fit is refused whole: skipping what one cannot read would let an altered header pass. Immutable.
 */
final class SignatureHeader {

    /** More parts than any rotation needs; bounds the comparisons that one request can cause. */
    private static final int MOST_PARTS = 16;

    private final String prefix;
    private final int signatureLength;
    private final String signatureField;
    private final String timestampField;
    private final char separator;
    private final char assignment;

    /** @throws IllegalArgumentException when the fields' settings do not fit together */
    SignatureHeader(SignatureConfig config) {
        SignatureConfig.Fields fields = config.fields();
        prefix = config.prefix().orElse(config.algorithm().usualPrefix());
        signatureLength = config.encoding().length(config.algorithm().digestBytes());
        signatureField = fields.signature().orElse(null);
        timestampField = fields.timestamp().orElse(null);
        if (timestampField != null && (signatureField == null || timestampField.equals(signatureField))) {
            throw new IllegalArgumentException(
                    "afluente.webhook.signature.fields.timestamp needs a different fields.signature beside it");
        }
        separator = only(fields.separator(), "separator");
        assignment = only(fields.assignment(), "assignment");
        if (separator == assignment) {
            throw new IllegalArgumentException(
                    "afluente.webhook.signature.fields.separator and fields.assignment must differ");
        }
    }

    /** What the header says, none of it believed. A null timestamp: it has none. */
    record Claim(String timestamp, List<String> signatures) {}

    /** @return null when any part is malformed */
    Claim read(List<String> lines) {
        List<String> parts = parts(lines);
        if (parts == null) {
            return null;
        }
        return signatureField == null ? signatures(parts) : fields(parts);
    }

    private Claim signatures(List<String> parts) {
        List<String> signatures = new ArrayList<>(parts.size());
        for (String part : parts) {
            String signature = signature(part);
            if (signature == null) {
                return null;
            }
            signatures.add(signature);
        }
        return new Claim(null, signatures);
    }

    private Claim fields(List<String> parts) {
        String timestamp = null;
        List<String> signatures = new ArrayList<>(parts.size());
        for (String part : parts) {
            int assigned = part.indexOf(assignment);
            if (assigned <= 0) {
                return null;
            }
            String name = part.substring(0, assigned);
            String value = part.substring(assigned + 1);
            if (name.equals(signatureField)) {
                String signature = signature(value);
                if (signature == null) {
                    return null;
                }
                signatures.add(signature);
            } else if (name.equals(timestampField)) {
                if (timestamp != null) {
                    return null;
                }
                timestamp = value;
            }
        }
        return new Claim(timestamp, signatures);
    }

    private String signature(String text) {
        String bare = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        return bare.length() == signatureLength ? bare : null;
    }

    private List<String> parts(List<String> lines) {
        char between = signatureField == null ? ',' : separator;
        List<String> parts = new ArrayList<>(2);
        for (String line : lines) {
            for (int from = 0; from <= line.length(); ) {
                int next = line.indexOf(between, from);
                int to = next < 0 ? line.length() : next;
                String part = line.substring(from, to).strip();
                if (part.isEmpty() || parts.size() == MOST_PARTS) {
                    return null;
                }
                parts.add(part);
                from = to + 1;
            }
        }
        return parts;
    }

    private static char only(String text, String key) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("afluente.webhook.signature.fields." + key + " must be one character");
        }
        return text.charAt(0);
    }
}
