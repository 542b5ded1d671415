// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.SparseMap;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.slot.TokenSets;
import java.util.ArrayList;
import java.util.List;

/**
 * The coarsest partition of tokens into classes such that each of some sets is a union of classes. Cached by the list of sets. One
 * thread.
 */
@FastPath(oracle = "BlockOracleTest")
final class TokenPartitions {

    /**
     * The classes of some sets.
     *
     * @param tokens for each class, the number of the set of its tokens
     * @param members for each class, the given sets that it belongs to, by number
     */
    record Partition(int[] tokens, int[][] members) {}

    private final TokenSets tokenSets;
    private final int[] classOf;
    private final SparseMap split = new SparseMap(-1);
    private final IntArrayIndex lists = new IntArrayIndex();
    private final List<Partition> partitions = new ArrayList<>();
    private long bytes;

    TokenPartitions(TokenSets tokenSets) {
        this.tokenSets = tokenSets;
        this.classOf = new int[tokenSets.vocabularySize()];
    }

    /**
     * The classes of some sets, given by number, sorted, each once.
     *
     * <p>Cost: linear in the sum of the sizes of the sets the first time, then a look-up.
     */
    Partition of(int[] sets) {
        int number = lists.add(sets);
        if (number == partitions.size()) {
            partitions.add(refine(sets));
        }
        return partitions.get(number);
    }

    /**
     * Refines the partition set by set: each splits the classes so far into the tokens inside and outside it. Class 0 has the tokens in
     * no set.
     */
    private Partition refine(int[] sets) {
        List<int[]> members = new ArrayList<>(List.of(new int[0]));
        IntList touched = new IntList();
        for (int set : sets) {
            split.clear();
            for (int token : tokenSets.mask(set).ids()) {
                int old = classOf[token];
                if (old == 0) {
                    touched.add(token);
                }
                if (!split.has(old)) {
                    split.put(old, members.size());
                    members.add(with(members.get(old), set));
                }
                classOf[token] = split.get(old);
            }
        }
        List<IntList> tokens = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            tokens.add(new IntList());
        }
        for (int i = 0; i < touched.size(); i++) {
            tokens.get(classOf[touched.get(i)]).add(touched.get(i));
            classOf[touched.get(i)] = 0;
        }
        IntList numbers = new IntList();
        List<int[]> kept = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            if (tokens.get(k).size() > 0) {
                numbers.add(tokenSets.number(tokens.get(k).toArray()));
                kept.add(members.get(k));
                bytes += 24 + 4L * members.get(k).length;
            }
        }
        bytes += 60;
        return new Partition(numbers.toArray(), kept.toArray(int[][]::new));
    }

    private static int[] with(int[] sets, int set) {
        int[] more = java.util.Arrays.copyOf(sets, sets.length + 1);
        more[sets.length] = set;
        return more;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return bytes + lists.bytes() + 4L * classOf.length;
    }
}
