package dev.afluente.webhooks.signature;

import java.util.List;

/** A notification as it came off the wire, before anything about it is believed. Its bytes must not be changed. */
public final class Delivery {

    private final Headers headers;
    private final String peer;
    private final byte[] body;

    /**
     * @param headers reads every line of a header, in order, name compared without case; an absent header is an empty list
     * @param peer the address of the socket's other end as an IP literal, never one taken from a header
     * @param body the raw bytes: what was signed, and what is passed on
     */
    public Delivery(Headers headers, String peer, byte[] body) {
        this.headers = headers;
        this.peer = peer;
        this.body = body;
    }

    public Headers headers() {
        return headers;
    }

    public String peer() {
        return peer;
    }

    public byte[] body() {
        return body;
    }

    /** Read access to the request's headers. */
    @FunctionalInterface
    public interface Headers {
        List<String> all(String name);
    }
}
