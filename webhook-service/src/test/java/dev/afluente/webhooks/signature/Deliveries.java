package dev.afluente.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes deliveries; headers as name and value in turn, names compared without case as on the wire. */
public final class Deliveries {

    private Deliveries() {}

    public static Delivery from(String peer, byte[] body, String... headers) {
        return new Delivery(
                name -> {
                    List<String> lines = new ArrayList<>();
                    for (int i = 0; i < headers.length; i += 2) {
                        if (headers[i].equalsIgnoreCase(name)) {
                            lines.add(headers[i + 1]);
                        }
                    }
                    return lines;
                },
                peer,
                body);
    }

    public static Delivery of(byte[] body, String... headers) {
        return from("203.0.113.7", body, headers);
    }

    public static Delivery of(String body, String... headers) {
        return of(body.getBytes(StandardCharsets.UTF_8), headers);
    }
}
