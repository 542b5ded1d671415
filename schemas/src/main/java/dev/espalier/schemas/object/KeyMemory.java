// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.Horizon;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonTexts;
import java.util.Arrays;
import java.util.BitSet;

/**
 * For one horizon, how far a single token can read into another key. It decides from which point inside a member the identity of used
 * keys cannot matter to a token: only those count that leave few other keys with the same beginning. It also decides where a name is so
 * far from its end that it is a key like any other. Immutable.
 *
 * @param horizon the tokens
 * @param insideKey the characters of another key that texts read from inside a key on; {@link #ALL} if one reads it to its end
 * the same, from after a key
 * the same, from after a colon
 * @param ends by name, the most characters at its end that some text has before a quotation mark; not to be modified
 * @param lengths by name, its length in characters; not to be modified
 * @param near the nodes of the names' tree from which some text goes on to the end of a name; not to be modified
 */
@FastPath(oracle = "RepresentativesTest")
record KeyMemory(
        Horizon horizon, int insideKey, int beforeColon, int beforeValue, int[] ends, int[] lengths, BitSet near) {

    /** Stands for: some text reads another key to its end, so that all used keys count. */
    static final int ALL = -1;

    private static final String VALUE_AND_KEY = ",\"";

    /** The limits for the keys of a frame. */
    static KeyMemory of(Horizon horizon, ObjectKeys keys) {
        JsonTexts texts = JsonTexts.of(horizon);
        int[] ends = new int[keys.names()];
        Arrays.setAll(ends, name -> texts.longestEnd(keys.text(name)));
        int[] lengths = new int[keys.names()];
        Arrays.setAll(lengths, name -> keys.tree().length(keys.tree().end(name)));
        return new KeyMemory(
                horizon,
                ofNext(texts, "\":"),
                ofNext(texts, ":"),
                ofNext(texts, ""),
                ends,
                lengths,
                keys.tree().near(ends));
    }

    /** True if no text reaches the end of a name after {@code read} of its characters. */
    boolean isFar(int name, int read) {
        return lengths[name] - read > ends[name];
    }

    /** The greatest number of characters of another key that a text reads; {@link #ALL} if some text reaches its end. */
    private static int ofNext(JsonTexts texts, String beforeValue) {
        String next = beforeValue + VALUE_AND_KEY; // in this order, whatever stands between
        return texts.longestWith(next + "\"") == 0 ? Math.max(0, texts.longestWith(next) - next.length() - 1) : ALL;
    }
}
