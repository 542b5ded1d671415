package dev.espalier.schemas;

import dev.espalier.automata.Horizon;
import java.util.Arrays;
import java.util.BitSet;

/**
 * From where on the keys of an object that were used, and are no names, are told apart by nothing, for the texts of a horizon:
 * no text goes on to the end of another key, and none runs out of keys that begin as far as it reads; and where names are so far
 * from their ends that they are keys like others. Immutable.
 *
 * @param horizon what is asked
 * @param insideKey whether from inside a key on
 * @param beforeColon … from behind a key on
 * @param beforeValue … from behind a colon on
 * @param ends of each name, the most characters at its end that some text has there; not to be modified
 * @param lengths of each name, its characters; not to be modified
 * @param near the nodes of the names' tree from which some text goes on to the end of a name; not to be modified
 */
record KeyMemory(
        Horizon horizon,
        boolean insideKey,
        boolean beforeColon,
        boolean beforeValue,
        int[] ends,
        int[] lengths,
        BitSet near) {

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
                forgets(horizon, keys, "\":"),
                forgets(horizon, keys, ":"),
                forgets(horizon, keys, ""),
                ends,
                lengths,
                keys.tree().near(ends));
    }

    /** Whether no text goes on to the end of a name from behind so many of its characters. */
    boolean isFar(int name, int read) {
        return lengths[name] - read > ends[name];
    }

    /** What must be read up to another key, in this order, whatever stands between. */
    private static boolean forgets(Horizon horizon, ObjectKeys keys, String beforeValue) {
        String next = beforeValue + VALUE_AND_KEY;
        JsonTexts texts = JsonTexts.of(horizon);
        int ofNext = Math.max(0, texts.longestWith(next) - next.length() - 1);
        return texts.longestWith(next + "\"") == 0 && !keys.mayRunOut(ofNext);
    }
}
