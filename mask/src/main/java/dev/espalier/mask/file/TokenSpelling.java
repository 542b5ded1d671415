// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.file;

import dev.espalier.core.ByteString;
import java.nio.charset.StandardCharsets;

/** How a tokenizer writes bytes as the text of its tokens. */
public enum TokenSpelling {

    /** GPT-2's: every byte is one printable character ({@code Ġ} is a space). */
    BYTE_LEVEL {
        @Override
        public ByteString bytes(String piece) {
            byte[] bytes = new byte[piece.length()];
            for (int i = 0; i < bytes.length; i++) {
                char c = piece.charAt(i);
                int value = c < BYTE_OF.length ? BYTE_OF[c] : -1;
                if (value < 0) {
                    return ByteString.utf8(piece);
                }
                bytes[i] = (byte) value;
            }
            return ByteString.of(bytes);
        }
    },

    /** SentencePiece's: {@code ▁} is a space; {@code <0x0A>} a byte. */
    SENTENCE_PIECE {
        @Override
        public ByteString bytes(String piece) {
            if (piece.length() == 6 && piece.startsWith("<0x") && piece.charAt(5) == '>') {
                int high = Character.digit(piece.charAt(3), 16);
                int low = Character.digit(piece.charAt(4), 16);
                if (high >= 0 && low >= 0) {
                    return ByteString.of((byte) (high << 4 | low));
                }
            }
            return utf8(piece.replace('\u2581', ' '));
        }
    },

    /** The text itself. */
    VERBATIM {
        @Override
        public ByteString bytes(String piece) {
            return utf8(piece);
        }
    };

    private static final int[] BYTE_OF = byteLevelAlphabet();

    /** The bytes that a token spells. */
    public abstract ByteString bytes(String piece);

    /** The character that stands for a byte, 0 to 255, in {@link #BYTE_LEVEL}. */
    public static char byteLevelCharacter(int value) {
        char c = 0;
        while (BYTE_OF[c] != value) {
            c++;
        }
        return c;
    }

    private static ByteString utf8(String piece) {
        return ByteString.of(piece.getBytes(StandardCharsets.UTF_8));
    }

    /** GPT-2's {@code bytes_to_unicode}: printable bytes stand for themselves, the others for U+0100 and up in order. */
    private static int[] byteLevelAlphabet() {
        int[] byteOf = new int[0x100 + 68];
        java.util.Arrays.fill(byteOf, -1);
        int next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
            byteOf[printable ? b : next++] = b;
        }
        return byteOf;
    }
}
