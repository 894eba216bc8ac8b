package dev.afluente.connections.secret.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.connections.secret.UnopenableException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AES-256-GCM against the test cases 13 to 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B. */
class AeadTest {
    private static final String KEY = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private static final String PLAIN = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
    private static final String CIPHER = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            0000000000000000000000000000000000000000000000000000000000000000 | 000000000000000000000000 | ''  | '' | '' | 530f8afbc74536b9a963b4f1c4cb738b
            0000000000000000000000000000000000000000000000000000000000000000 | 000000000000000000000000 | 00000000000000000000000000000000 | '' | cea7403d4d606b6e074ec5d3baf39d18 | d0d1c8a799996bf0265b98b5d48ab919
            """)
    void emptyAndZero(String key, String nonce, String plain, String aad, String cipher, String tag) {
        holds(key, nonce, plain, aad, cipher + tag);
    }

    @Test
    void wholeBlocks() {
        holds(KEY, "cafebabefacedbaddecaf888", PLAIN, "", CIPHER + "b094dac5d93471bdec1a502270e3cc6c");
    }

    @Test
    void additionalData() {
        holds(
                KEY,
                "cafebabefacedbaddecaf888",
                PLAIN.substring(0, 120),
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                CIPHER.substring(0, 120) + "76fc6ece0f4e1768cddf8853bb2d551b");
    }

    @Test
    void noncesAndKeysDoNotRepeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            assertThat(seen.add(HexFormat.of().formatHex(Aead.random(Aead.KEY))))
                    .isTrue();
            byte[] sealed = Aead.encrypt(new byte[32], new byte[1], new byte[0]);
            assertThat(seen.add(HexFormat.of().formatHex(Arrays.copyOf(sealed, Aead.NONCE))))
                    .isTrue();
        }
    }

    private static void holds(String key, String nonce, String plain, String aad, String cipherAndTag) {
        byte[] sealed = Aead.encrypt(hex(key), hex(nonce), hex(plain), hex(aad));
        assertThat(HexFormat.of().formatHex(sealed)).isEqualTo(nonce + cipherAndTag);
        assertThat(Aead.decrypt(hex(key), sealed, hex(aad))).isEqualTo(hex(plain));
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> Aead.decrypt(hex(key), sealed, hex(aad))).isInstanceOf(UnopenableException.class);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
