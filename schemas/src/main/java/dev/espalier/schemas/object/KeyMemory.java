package dev.espalier.schemas.object;

import dev.espalier.automata.Horizon;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonTexts;
import java.util.Arrays;
import java.util.BitSet;

/**
 * How far the texts of a horizon go into another key: of the keys of an object that were used, and are no names, only those count then
 * that leave fewer keys behind that begin so. And where names are so far
 * from their ends that they are keys like others. Immutable.
 *
 * @param horizon what is asked
 * @param insideKey the characters of another key that texts read from inside a key on; {@link #ALL} if one reads it to its end
 * @param beforeColon … from behind a key on
 * @param beforeValue … from behind a colon on
 * @param ends of each name, the most characters at its end that some text has there; not to be modified
 * @param lengths of each name, its characters; not to be modified
 * @param near the nodes of the names' tree from which some text goes on to the end of a name; not to be modified
 */
@FastPath(oracle = "RepresentativesTest")
record KeyMemory(
        Horizon horizon, int insideKey, int beforeColon, int beforeValue, int[] ends, int[] lengths, BitSet near) {

    /** Some text reads another key to its end: all keys that were used count. */
    static final int ALL = -1;

    private static final String VALUE_AND_KEY = ",\"";

    /** Of the keys of a frame. */
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

    /** Whether no text goes on to the end of a name from behind so many of its characters. */
    boolean isFar(int name, int read) {
        return lengths[name] - read > ends[name];
    }

    /** The characters of another key that texts read; {@link #ALL} if some text goes on to its end. */
    private static int ofNext(JsonTexts texts, String beforeValue) {
        String next = beforeValue + VALUE_AND_KEY; // in this order, whatever stands between
        return texts.longestWith(next + "\"") == 0 ? Math.max(0, texts.longestWith(next) - next.length() - 1) : ALL;
    }
}
