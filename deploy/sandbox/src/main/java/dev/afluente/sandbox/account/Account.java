package dev.afluente.sandbox.account;

import dev.afluente.sandbox.collected.Overlay;
import dev.afluente.sandbox.statement.Book;
import java.math.BigDecimal;
import java.time.Instant;

/** An account as Pluggy holds it at one moment. Immutable; its rows are the book's, under the overlay. */
public record Account(
        Ref ref, Face face, Book book, BigDecimal balance, Instant createdAt, Instant updatedAt, Overlay overlay) {

    /** {@code no} is the simulator's own serial number, which is part of every transaction id. */
    public record Ref(String id, String itemId, int no) {}

    /**
     * What the bank prints on it. {@code credit} is null for bank accounts, {@code transferNumber} for cards;
     * {@code telling} is null in journals from before there was a choice, as {@link Telling#WHOLE}.
     */
    public record Face(
            String subtype,
            String number,
            String name,
            String marketingName,
            String transferNumber,
            Credit credit,
            Telling telling) {

        public boolean isCard() {
            return credit != null;
        }

        public String type() {
            return isCard() ? "CREDIT" : "BANK";
        }
    }

    /** How much of what identifies an account the provider tells; banks differ, and so does one bank over the years. */
    public enum Telling {
        /** COMPE/branch/account as for a transfer, and the holder. */
        WHOLE,
        /** Branch/account, as Pluggy's document says, and the holder. */
        DOCUMENTED,
        /** Only {@code number}: neither bank data nor a holder. */
        BARE;

        /** A household's banks: one of each, all others tell everything. */
        static Telling by(int connectorId) {
            return connectorId == 0 ? BARE : connectorId == 3 ? DOCUMENTED : WHOLE;
        }
    }

    public record Credit(String brand, String level, BigDecimal limit) {}

    public String id() {
        return ref.id();
    }

    /** The same account, of which more or less is told. */
    Face facing(Telling telling) {
        return new Face(
                face.subtype, face.number, face.name, face.marketingName, face.transferNumber, face.credit, telling);
    }

    public Account with(Overlay newOverlay, BigDecimal newBalance, Instant now) {
        return new Account(ref, face, book, newBalance, createdAt, now, newOverlay);
    }
}
