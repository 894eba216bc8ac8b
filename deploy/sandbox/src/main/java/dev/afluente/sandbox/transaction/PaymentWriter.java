package dev.afluente.sandbox.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.afluente.sandbox.statement.Payment;
import java.io.IOException;

/** Writes {@code paymentData} (OpenAPI schema {@code PaymentData}). */
final class PaymentWriter {

    private PaymentWriter() {}

    static void write(JsonGenerator out, Payment payment) throws IOException {
        if (payment == null) {
            out.writeNullField("paymentData");
            return;
        }
        out.writeObjectFieldStart("paymentData");
        party(out, "payer", payment.payer());
        party(out, "receiver", payment.receiver());
        out.writeStringField("reason", payment.reason());
        out.writeStringField("referenceNumber", payment.reference());
        out.writeNullField("receiverReferenceId");
        out.writeStringField("paymentMethod", payment.method());
        boleto(out, payment.boleto());
        out.writeEndObject();
    }

    private static void party(JsonGenerator out, String name, Payment.Party party) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeObjectFieldStart("documentNumber");
        out.writeStringField("type", party.documentType());
        out.writeStringField("value", party.document());
        out.writeEndObject();
        out.writeStringField("name", party.name());
        out.writeStringField("accountNumber", party.account());
        out.writeStringField("branchNumber", party.branch());
        out.writeStringField(
                "routingNumber", party.bank() == null ? null : party.bank().compe());
        out.writeStringField(
                "routingNumberISPB", party.bank() == null ? null : party.bank().ispb());
        out.writeEndObject();
    }

    private static void boleto(JsonGenerator out, Payment.Boleto boleto) throws IOException {
        if (boleto == null) {
            out.writeNullField("boletoMetadata");
            return;
        }
        out.writeObjectFieldStart("boletoMetadata");
        out.writeStringField("digitableLine", boleto.line());
        out.writeStringField("barcode", boleto.barcode());
        out.writeNumberField("baseAmount", boleto.base());
        out.writeNumberField("interestAmount", boleto.interest());
        out.writeNumberField("penaltyAmount", boleto.penalty());
        out.writeNumberField("discountAmount", 0);
        out.writeEndObject();
    }
}
