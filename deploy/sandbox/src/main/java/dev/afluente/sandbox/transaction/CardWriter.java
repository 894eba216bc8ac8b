package dev.afluente.sandbox.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.statement.CardDetails;
import java.io.IOException;

/** Writes {@code creditCardMetadata} (OpenAPI schema {@code CreditCardMetadata}). */
final class CardWriter {

    private CardWriter() {}

    static void write(JsonGenerator out, CardDetails card) throws IOException {
        if (card == null) {
            out.writeNullField("creditCardMetadata");
            return;
        }
        out.writeObjectFieldStart("creditCardMetadata");
        CardDetails.Installment installment = card.installment();
        if (installment != null) {
            out.writeNumberField("installmentNumber", installment.number());
            out.writeNumberField("totalInstallments", installment.total());
            out.writeNumberField("totalAmount", installment.totalAmount());
        }
        out.writeStringField("purchaseDate", Json.time(card.purchaseDate()));
        out.writeStringField("payeeMCC", card.mcc());
        out.writeStringField("cardNumber", card.cardNumber());
        out.writeStringField("billId", card.billId());
        out.writeStringField("billForecastDate", card.forecast());
        out.writeEndObject();
    }
}
