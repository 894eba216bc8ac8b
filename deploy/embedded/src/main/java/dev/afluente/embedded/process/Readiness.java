package dev.afluente.embedded.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits until a process answers 200 on its health address. Blocks the caller, asks about twenty times a second, gives each
 * question two seconds, and gives up as soon as the process has ended: a service that refuses to start is reported at once.
 */
public final class Readiness {
    private static final Duration QUESTION = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(QUESTION)
            .build();

    /**
     * @throws NotReadyException when the deadline has passed or the process has ended; the message names the log, and quotes its
     *     end when the process has ended
     */
    public void await(JvmProcess process, URI health, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!answers(health)) {
            if (pause(process)) {
                throw new NotReadyException("%s ended while starting, with code %d; see %s, whose end is:%n%s"
                        .formatted(
                                process.program().name(),
                                process.onExit().join(),
                                process.program().log(),
                                process.lastWords()));
            }
            if (System.nanoTime() > end) {
                throw new NotReadyException(process.program().name() + " was not ready within " + deadline.toSeconds()
                        + " s; see " + process.program().log());
            }
        }
    }

    /** Whether the address answers 200 now. Blocks at most two seconds. */
    public boolean answers(URI health) {
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(QUESTION).GET().build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotReadyException("interrupted while waiting for " + health);
        }
    }

    private static boolean pause(JvmProcess process) {
        try {
            process.onExit().get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotReadyException(
                    "interrupted while waiting for " + process.program().name());
        }
    }

    /** A process did not become ready. */
    public static final class NotReadyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotReadyException(String message) {
            super(message);
        }
    }
}
