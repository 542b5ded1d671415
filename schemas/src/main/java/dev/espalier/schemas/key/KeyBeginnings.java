// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.Horizon;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonTexts;
import java.util.Set;

/**
 * The part of a key that a single token can read after a comma, or after a brace. Immutable.
 *
 * @param horizon the tokens
 * @param isQuiet true if no text reaches the end of such a key; false also if that is not known
 * @param heads the bytes with which keys begin in texts, except the backslash
 * @param escapes how far texts read a key that begins with a backslash
 */
@FastPath(oracle = "RepresentativesTest")
public record KeyBeginnings(Horizon horizon, boolean isQuiet, ByteSet heads, Escapes escapes) {

    /** How far texts go on after a backslash. */
    enum Escapes {
        NONE,
        BACKSLASH_ALONE,
        MORE
    }

    /**
     * Of a horizon.
     *
     * @param before what stands before the key: a comma or a brace
     */
    public static KeyBeginnings of(Horizon horizon, String before) {
        Set<String> texts = JsonTexts.of(horizon).behind(before + '"');
        if (texts == null) {
            return new KeyBeginnings(horizon, false, ByteSet.ALL, Escapes.MORE);
        }
        boolean isQuiet = true;
        long[] heads = new long[4];
        Escapes escapes = Escapes.NONE;
        for (String text : texts) {
            isQuiet &= !endsKey(text);
            if (text.startsWith("\\")) {
                escapes = text.length() > 1 || escapes == Escapes.MORE ? Escapes.MORE : Escapes.BACKSLASH_ALONE;
            } else if (!text.isEmpty()) {
                heads[text.charAt(0) >> 6] |= 1L << text.charAt(0);
            }
        }
        return new KeyBeginnings(horizon, isQuiet, ByteSet.of(heads), escapes);
    }

    /** True if a key ends within a text that starts after its opening quotation mark, so that something may follow it. */
    private static boolean endsKey(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            return false;
        }
        String behind = text.substring(at + 1).stripLeading();
        return behind.isEmpty() || behind.startsWith(":");
    }

    /**
     * True if no token can enter any name, so that it does not matter which names are left: texts are dead at the first byte of a key,
     * or end with a backslash, with which any character may begin. For keys that are names only, of which one is left.
     */
    public boolean leaveNamesAlone(KeyTree names, boolean isShortest) {
        return names.firstBytes(0).and(heads).isEmpty()
                && (escapes == Escapes.NONE || (escapes == Escapes.BACKSLASH_ALONE && !isShortest));
    }
}
