package dev.afluente.connections.secret;

/** Where the keys are that wrap data keys; part of every sealed text. */
public enum KeySource {
    /** A file beside the service. */
    FILE("file"),
    /** Vault's transit engine. */
    VAULT("vault");

    private final String word;

    KeySource(String word) {
        this.word = word;
    }

    /** The word for it in settings and in sealed texts; never changes. */
    public String word() {
        return word;
    }
}
