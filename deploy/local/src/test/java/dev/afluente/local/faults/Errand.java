package dev.afluente.local.faults;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Function;

/**
 * One kind of request, sent over and over.
 *
 * @param deadline when it has its answer at the latest, as the service promises
 * @param pace from one to the next, whether or not the one before has been answered
 * @param request makes the next one for a name that no other has
 */
public record Errand(String name, Duration deadline, Duration pace, Function<String, HttpRequest> request) {}
