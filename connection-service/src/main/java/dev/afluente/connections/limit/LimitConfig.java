package dev.afluente.connections.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much a person may do, over all instances. Outside of the bounds named here the service does not start. */
@ConfigMapping(prefix = "afluente.limits")
public interface LimitConfig {
    /** For {@link Limit#CONNECT_TOKEN}. */
    ConnectToken connectToken();

    /** For {@link Limit#MANUAL_SYNC}. */
    ManualSync manualSync();

    /** For {@link Limit#MFA_ATTEMPT}. */
    MfaAttempt mfaAttempt();

    /** For {@link Limit#CREDENTIALS}. */
    Credentials credentials();

    /** For {@link Limit#STATUS_CHECK}. */
    StatusCheck statusCheck();

    /** One limit. */
    interface Rate {
        /** How many are allowed at once after a rest; 1 to 10,000. */
        int burst();

        /** The time in which one more is allowed; 1 ms to 1 day. */
        Duration refill();
    }

    /** Every call counts, also one that is answered with a token that is kept. */
    interface ConnectToken extends Rate {
        @Override
        @WithDefault("60")
        int burst();

        @Override
        @WithDefault("PT10S")
        Duration refill();
    }

    /** Over all of a person's connections. */
    interface ManualSync extends Rate {
        @Override
        @WithDefault("20")
        int burst();

        @Override
        @WithDefault("PT30S")
        Duration refill();
    }

    /** Over all of a person's connections. */
    interface MfaAttempt extends Rate {
        @Override
        @WithDefault("10")
        int burst();

        @Override
        @WithDefault("PT30S")
        Duration refill();
    }

    /** Over all of a person's connections. */
    interface Credentials extends Rate {
        @Override
        @WithDefault("10")
        int burst();

        @Override
        @WithDefault("PT1M")
        Duration refill();
    }

    /** A frontend that waits for a bank asks every few seconds. */
    interface StatusCheck extends Rate {
        @Override
        @WithDefault("60")
        int burst();

        @Override
        @WithDefault("PT2S")
        Duration refill();
    }
}
