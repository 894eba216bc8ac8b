package dev.afluente.local.faults;

import java.time.Duration;

/**
 * What became of a request.
 *
 * @param id the name that the request carried
 * @param status 0 when the connection failed or nothing came at all
 */
public record Answer(Errand errand, String id, int status, Duration took) {
    public boolean accepted() {
        return status / 100 == 2;
    }
}
