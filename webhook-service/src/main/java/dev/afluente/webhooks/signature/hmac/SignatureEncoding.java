package dev.afluente.webhooks.signature.hmac;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The text forms of a digest. What we expect is written out and compared as text; what a sender sent is never decoded, because
 * decoders accept several texts for the same bytes (mixed-case hex, stray bits at the end of base64).
 */
public enum SignatureEncoding {
    HEX {
        @Override
        List<byte[]> write(byte[] digest) {
            return List.of(
                    ascii(HexFormat.of().formatHex(digest)),
                    ascii(HexFormat.of().withUpperCase().formatHex(digest)));
        }

        @Override
        int length(int digestBytes) {
            return 2 * digestBytes;
        }
    },
    BASE64 {
        @Override
        List<byte[]> write(byte[] digest) {
            return List.of(Base64.getEncoder().encode(digest));
        }

        @Override
        int length(int digestBytes) {
            return (digestBytes + 2) / 3 * 4;
        }
    },
    BASE64URL {
        @Override
        List<byte[]> write(byte[] digest) {
            return List.of(Base64.getUrlEncoder().withoutPadding().encode(digest));
        }

        @Override
        int length(int digestBytes) {
            return (digestBytes * 4 + 2) / 3;
        }
    };

    /** Every text form of this digest that is accepted, as ASCII. */
    abstract List<byte[]> write(byte[] digest);

    /** The length of every accepted form, in characters. */
    abstract int length(int digestBytes);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
