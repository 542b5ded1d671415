// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.mask.file.TokenSpelling;
import java.util.HashMap;
import java.util.Map;

/** Which tokens of a vocabulary are bytes. */
public final class ByteTokens {

    private ByteTokens() {}

    /** The tokens {@code <0x00>} to {@code <0xFF>}, -1 where there is none. */
    public static int[] named(Map<String, Integer> vocabulary) {
        int[] ids = new int[256];
        for (int b = 0; b < 256; b++) {
            ids[b] = vocabulary.getOrDefault(String.format("<0x%02X>", b), -1);
        }
        return ids;
    }

    /** The tokens of single bytes in GPT-2's alphabet, -1 where there is none. */
    static int[] level(Map<String, Integer> vocabulary) {
        int[] ids = new int[256];
        for (int b = 0; b < 256; b++) {
            ids[b] = vocabulary.getOrDefault(String.valueOf(TokenSpelling.byteLevelCharacter(b)), -1);
        }
        return ids;
    }

    /** The tokens in GPT-2's alphabet by the text that they spell; those that are no UTF-8 spell none. */
    static Map<String, Integer> spelled(Map<String, Integer> vocabulary) {
        Map<String, Integer> spelled = new HashMap<>();
        vocabulary.forEach((text, id) -> {
            String plain = TokenSpelling.BYTE_LEVEL.bytes(text).toUtf8();
            if (plain.indexOf('\ufffd') < 0) {
                spelled.put(plain, id);
            }
        });
        return spelled;
    }
}
