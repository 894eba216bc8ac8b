package dev.afluente.sync.export;

import java.time.Instant;

/** The sign-on answer every OFX file begins with, though nobody signed on. */
final class OfxSignOn {
    private OfxSignOn() {}

    static String text(Instant now) {
        return new OfxText()
                .open("SIGNONMSGSRSV1")
                .open("SONRS")
                .open("STATUS")
                .leaf("CODE", "0")
                .leaf("SEVERITY", "INFO")
                .close("STATUS")
                .leaf("DTSERVER", OfxText.moment(now))
                .leaf("LANGUAGE", "POR")
                .close("SONRS")
                .close("SIGNONMSGSRSV1")
                .toString();
    }
}
