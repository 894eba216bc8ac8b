package dev.afluente.webhooks.signature.source;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** A range of IP addresses (RFC 4632, RFC 4291). IPv4 addresses mapped into IPv6 count as IPv4. Never asks a name server. */
final class AddressRange {

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /** @throws IllegalArgumentException when the text is no address and no range, or has bits beyond its length */
    static AddressRange of(String text) {
        int slash = text.indexOf('/');
        byte[] network = address(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("not an address range: " + text);
        }
        int bits = slash < 0 ? network.length * 8 : length(text.substring(slash + 1), network.length * 8);
        for (int bit = Math.max(bits, 0); bit < network.length * 8; bit++) {
            if ((network[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                throw new IllegalArgumentException("address range with bits beyond its length: " + text);
            }
        }
        if (bits < 0) {
            throw new IllegalArgumentException("address range with a wrong length: " + text);
        }
        return new AddressRange(network, bits);
    }

    /** @return 4 or 16 bytes, or null when the text is not an IP literal */
    static byte[] address(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null || bytes.length == 4) {
            return bytes;
        }
        boolean mapped = bytes[10] == -1 && bytes[11] == -1;
        for (int i = 0; i < 10 && mapped; i++) {
            mapped = bytes[i] == 0;
        }
        return mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    boolean holds(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        if (Arrays.mismatch(address, 0, whole, network, 0, whole) >= 0) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || (address[whole] & 0xff) >> (8 - rest) == (network[whole] & 0xff) >> (8 - rest);
    }

    boolean everything() {
        return bits == 0;
    }

    private static int length(String text, int most) {
        if (!text.matches("\\d{1,3}")) {
            return -1;
        }
        int bits = Integer.parseInt(text);
        return bits <= most ? bits : -1;
    }
}
