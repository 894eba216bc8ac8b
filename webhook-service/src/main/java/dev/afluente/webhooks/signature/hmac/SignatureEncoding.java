package dev.afluente.webhooks.signature.hmac;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The text forms of a digest. What we expect is written out and compared as text; what a sender sent is never decoded, because
 * decoders accept several texts for the same bytes (mixed-case hex, stray bits at the end of base64).
 */
public enum SignatureEncoding {
    HEX {
        @Override
        List<byte[]> write(byte[] digest) {
            return List.of(hex(digest, LOWER), hex(digest, UPPER));
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

    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    /** Every text form of this digest that is accepted, as ASCII. */
    abstract List<byte[]> write(byte[] digest);

    /** The length of every accepted form, in characters. */
    abstract int length(int digestBytes);

    private static byte[] hex(byte[] digest, byte[] digits) {
        byte[] text = new byte[2 * digest.length];
        for (int i = 0; i < digest.length; i++) {
            text[2 * i] = digits[digest[i] >> 4 & 0xF];
            text[2 * i + 1] = digits[digest[i] & 0xF];
        }
        return text;
    }
}
