package dev.espalier.schemas.key;

import dev.espalier.automata.ByteSet;
import dev.espalier.automata.Horizon;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonTexts;
import java.util.Set;

/**
 * What texts of a horizon can read of a key behind a comma, or behind a brace. Immutable.
 *
 * @param horizon what is asked
 * @param isQuiet whether no text goes on to the end of such a key; false also where that is not known
 * @param heads the bytes that begin keys in texts, without the backslash
 * @param escapes what texts can read of a key that begins with a backslash
 */
@FastPath(oracle = "RepresentativesTest")
public record KeyBeginnings(Horizon horizon, boolean isQuiet, ByteSet heads, Escapes escapes) {

    /** How far texts go on behind a backslash. */
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

    /** Whether a key ends in a text from behind its opening quotation mark on, so that something may follow it. */
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
     * Whether it is no matter which names are left, where keys are names and there is one left: texts are dead from the first byte of a
     * key on, or end with a backslash, with which any character may begin.
     */
    public boolean leaveNamesAlone(KeyTree names, boolean isShortest) {
        return names.firstBytes(0).and(heads).isEmpty()
                && (escapes == Escapes.NONE || (escapes == Escapes.BACKSLASH_ALONE && !isShortest));
    }
}
