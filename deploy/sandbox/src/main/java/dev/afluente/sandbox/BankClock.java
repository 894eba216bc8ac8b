package dev.afluente.sandbox;

import dev.afluente.sandbox.statement.Book;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Pluggy's time, which is the real one, and the banks' day, which {@code sandbox.today} can hold still. */
@Singleton
public class BankClock {

    private final Clock clock = Clock.systemUTC();
    private final SandboxConfig config;

    public BankClock(SandboxConfig config) {
        this.config = config;
    }

    /** Cut to milliseconds, the precision of Pluggy's times. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The banks' calendar day in São Paulo. */
    public LocalDate today() {
        return config.today().orElseGet(() -> now().atOffset(Book.SAO_PAULO).toLocalDate());
    }

    /** The present time of day on the banks' day. */
    public Instant bankNow() {
        LocalTime time = now().atOffset(Book.SAO_PAULO).toLocalTime();
        return today().atTime(time).toInstant(Book.SAO_PAULO);
    }
}
