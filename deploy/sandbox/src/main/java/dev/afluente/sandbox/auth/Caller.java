package dev.afluente.sandbox.auth;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who asks: the application with an API key, which reaches everything, or a widget with a connect token, which reaches
 * its own item only.
 *
 * @param tokenId the connect token's id, null for the application
 * @param itemId the item a connect token was made to update, otherwise null
 * @param options the connect token's options, otherwise null
 */
public record Caller(String tokenId, String itemId, JsonNode options) {

    public static final Caller APPLICATION = new Caller(null, null, null);

    public boolean isWidget() {
        return tokenId != null;
    }

    /** An option that overrides nothing when absent. */
    public String option(String name) {
        return options == null ? null : options.path(name).textValue();
    }
}
