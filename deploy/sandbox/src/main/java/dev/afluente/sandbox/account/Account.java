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

    /** What the bank prints on it. {@code credit} is null for bank accounts, {@code transferNumber} for cards. */
    public record Face(
            String subtype, String number, String name, String marketingName, String transferNumber, Credit credit) {

        public boolean isCard() {
            return credit != null;
        }

        public String type() {
            return isCard() ? "CREDIT" : "BANK";
        }
    }

    public record Credit(String brand, String level, BigDecimal limit) {}

    public String id() {
        return ref.id();
    }

    public Account with(Overlay newOverlay, BigDecimal newBalance, Instant now) {
        return new Account(ref, face, book, newBalance, createdAt, now, newOverlay);
    }
}
