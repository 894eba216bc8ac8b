package dev.afluente.local.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that must not be found where they were not put, by what they are. Each is looked for as it is, percent-encoded
 * and in base64 at each of the three alignments, so that it is also found inside a longer encoded text.
 */
final class Canaries {
    private final Map<String, List<byte[]>> forms = new LinkedHashMap<>();

    Canaries plant(String what, String value) {
        if (value.length() < 8) {
            throw new IllegalArgumentException("Too short to be found for sure: " + what);
        }
        List<byte[]> all = new ArrayList<>();
        all.add(value.getBytes(UTF_8));
        all.add(URLEncoder.encode(value, UTF_8).getBytes(UTF_8));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = ("x".repeat(shift) + value).getBytes(UTF_8);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // what neighbours would change is left out at both ends
            all.add(encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 4).getBytes(UTF_8));
        }
        forms.put(what, all);
        return this;
    }

    int planted() {
        return forms.size();
    }

    /** Returns which of them are found, each with a few characters of what is around it. */
    List<String> in(String place, byte[] content) {
        List<String> found = new ArrayList<>();
        forms.forEach((what, all) -> {
            for (byte[] form : all) {
                int at = indexOf(content, form);
                if (at >= 0) {
                    int from = Math.max(0, at - 120);
                    found.add(what + " in " + place + ": …" + new String(content, from, at - from, UTF_8) + "<HERE>");
                    return;
                }
            }
        });
        return found;
    }

    private static int indexOf(byte[] content, byte[] form) {
        for (int at = 0; at <= content.length - form.length; at++) {
            int same = 0;
            while (same < form.length && content[at + same] == form[same]) {
                same++;
            }
            if (same == form.length) {
                return at;
            }
        }
        return -1;
    }
}
