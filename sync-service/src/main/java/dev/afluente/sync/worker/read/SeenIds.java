package dev.afluente.sync.worker.read;

import java.time.Instant;
import java.util.Arrays;

/**
 * Which ids a read has brought, in eight bytes each: a million rows take 8 to 16 MiB. Keeps a 64-bit hash, so an id can
 * be taken for seen that was not (for a million rows with a probability of about one in 18 million per id asked): the
 * worst that follows is that one removal is found by a later read. Not safe for use by several threads.
 */
public final class SeenIds {
    private long[] hashes = new long[1024];
    private int size;
    private boolean sorted = true;
    private Instant oldest;
    private Instant newest;

    /** Notes a row and when it is dated. */
    void add(String id, Instant date) {
        add(id);
        oldest = oldest == null || date.isBefore(oldest) ? date : oldest;
        newest = newest == null || date.isAfter(newest) ? date : newest;
    }

    /** When the oldest row is dated; null when there was none. */
    public Instant oldest() {
        return oldest;
    }

    /** When the newest row is dated; null when there was none. */
    Instant newest() {
        return newest;
    }

    void add(String id) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size++] = hash(id);
        sorted = false;
    }

    boolean contains(String id) {
        if (!sorted) {
            Arrays.sort(hashes, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(hashes, 0, size, hash(id)) >= 0;
    }

    /** FNV-1a with a final mix, over UTF-16 units. */
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }
}
