package dev.afluente.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/** Every knob of the simulator, with Pluggy's documented behaviour as the default unless said otherwise. */
@ConfigMapping(prefix = "sandbox")
public interface SandboxConfig {

    /** What the banks' statements are drawn from. */
    @WithDefault("20260101")
    long seed();

    /** The banks' today for accounts collected from now on; the real day in São Paulo when unset. */
    Optional<LocalDate> today();

    /** Where items, changes and pending deliveries are kept over a restart; in memory only when unset. */
    Optional<Path> dataDir();

    /** How purchases on cards are signed: as real institutions do, or as Pluggy's own sandbox does. */
    @WithDefault("bank")
    CardSigns cardSigns();

    Client client();

    Items items();

    Webhooks webhooks();

    RateLimits rateLimits();

    enum CardSigns {
        BANK,
        SANDBOX
    }

    interface Client {
        @WithDefault("sandbox-client-id")
        String id();

        @WithDefault("sandbox-client-secret")
        String secret();

        @WithDefault("PT2H")
        Duration apiKeyLife();

        @WithDefault("PT30M")
        Duration connectTokenLife();
    }

    interface Items {
        /** Time from one execution status to the next; minutes at Pluggy. */
        @WithDefault("100ms")
        Duration step();

        /** How long a person may take to answer a challenge or to authorise. */
        @WithDefault("PT5M")
        Duration answerWindow();

        /** Refuses an update sooner than this after the last one; zero, the default, never refuses. */
        @WithDefault("PT0S")
        Duration minUpdateInterval();

        /** Refuses an update this long after two failed logins in a row (15 minutes at Pluggy); zero never refuses. */
        @WithDefault("PT0S")
        Duration loginBackoff();

        /** New rows in the first account at each update. */
        @WithDefault("0")
        int rowsPerSync();

        /** At most this many items; Pluggy refuses more with ITEM_CREATION_LIMIT_EXCEEDED. */
        @WithDefault("100000")
        int limit();
    }

    interface Webhooks {
        @WithDefault("sandbox-webhook-secret")
        String secret();

        /** What the waits between the attempts of a delivery are multiplied with; 1 is an hour and two hours. */
        @WithDefault("1.0")
        BigDecimal retryScale();

        @WithDefault("PT10S")
        Duration timeout();

        /** Deliveries under way at once. */
        @WithDefault("16")
        int concurrency();

        /** Pluggy's rules for URLs: https, port 443, a public domain name. Off by default, for receivers on loopback. */
        @WithDefault("false")
        boolean strictUrls();
    }

    interface RateLimits {
        @WithDefault("true")
        boolean enabled();

        /** Requests per minute and address for /v2/transactions, whose limit Pluggy does not document. */
        @WithDefault("360")
        int transactionPages();
    }
}
