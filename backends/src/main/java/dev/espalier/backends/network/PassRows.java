// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import java.util.List;

/**
 * Where the rows of the sequences of a pass are.
 *
 * @param starts of each sequence the row at which its position 0 is, or would be
 * @param begins its first position in rows of its own
 * @param counts the number of its new tokens
 * @param lengths the number of its tokens, the new ones included
 * @param shared where the positions before the begins are, see {@link KeyValueCache#parts}
 */
public record PassRows(long[] starts, long[] begins, long[] counts, long[] lengths, long[] shared) {

    /** The rows of sequences that share none. */
    public static PassRows of(long[] starts, long[] counts, long[] lengths) {
        return new PassRows(starts, new long[starts.length], counts, lengths, new long[0]);
    }

    /** The rows of sequences that are prepared for so many new tokens each, behind {@code done} others. */
    public static PassRows of(List<SequenceRows> sequences, int[] done, long[] counts) {
        int size = sequences.size();
        long[] starts = new long[size];
        long[] begins = new long[size];
        long[] lengths = new long[size];
        for (int i = 0; i < size; i++) {
            SequenceRows rows = sequences.get(i);
            starts[i] = rows.start();
            begins[i] = rows.begin();
            lengths[i] = rows.length() + done[i] + counts[i];
        }
        return new PassRows(starts, begins, counts, lengths, KeyValueCache.parts(sequences));
    }

    /** Whether the rows of a sequence are still where they were. */
    public boolean hold(int index, SequenceRows rows) {
        return !rows.isClosed() && rows.start() == starts[index] && rows.begin() == begins[index];
    }
}
