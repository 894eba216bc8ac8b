package dev.afluente.sync.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;

/** The language of what is written for people: Brazilian Portuguese, or English for whoever prefers it. */
public enum Language {
    PORTUGUESE,
    ENGLISH;

    /** What an operation's description says of it. */
    public static final String RULE = "in the language of Accept-Language, pt or en; pt otherwise.";

    /** Returns English where Accept-Language puts it before Portuguese; what cannot be read prefers nothing. */
    public static Language of(HttpHeaders headers) {
        try {
            for (Locale locale : headers.getAcceptableLanguages()) {
                if (locale.getLanguage().equals("pt")) {
                    return PORTUGUESE;
                }
                if (locale.getLanguage().equals("en")) {
                    return ENGLISH;
                }
            }
        } catch (BadRequestException | IllegalArgumentException e) {
            // A header nobody can read is no reason to refuse.
        }
        return PORTUGUESE;
    }

    /** Returns what is said in this language. */
    public String of(String portuguese, String english) {
        return this == ENGLISH ? english : portuguese;
    }
}
