package dev.afluente.sync.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;

/** The language of names for people: Brazilian Portuguese, or English for whoever prefers it. */
public final class Language {
    private Language() {}

    /** Tells whether Accept-Language puts English before Portuguese; what cannot be read prefers nothing. */
    public static boolean english(HttpHeaders headers) {
        try {
            for (Locale locale : headers.getAcceptableLanguages()) {
                if (locale.getLanguage().equals("pt") || locale.getLanguage().equals("en")) {
                    return locale.getLanguage().equals("en");
                }
            }
        } catch (BadRequestException | IllegalArgumentException e) {
            // A header nobody can read is no reason to refuse.
        }
        return false;
    }
}
