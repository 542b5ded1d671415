// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.languages;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Cancellation;
import dev.espalier.mask.CompiledGrammar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * How large sets of stacks get along a text, counted byte by byte: no clock is asked.
 *
 * @param meanTops distinct top states, the mean over all bytes
 * @param mostTops the most
 * @param nodes the most sets that one set is made of, itself included, at {@value #SAMPLES} places
 * @param lastNodes the same at the end of the text
 */
public record StackSizes(double meanTops, int mostTops, int nodes, int lastNodes) {

    private static final int SAMPLES = 200;

    /** Nothing was counted. */
    static final StackSizes NONE = new StackSizes(0, 0, 0, 0);

    /** Counts along a text, as far as the grammar allows it. */
    static StackSizes along(CompiledGrammar grammar, String text, Cancellation stop) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Stepper stepper = new Stepper(grammar.limits());
        StackSet set = StackSet.of(grammar.automaton().start());
        int every = Math.max(1, bytes.length / SAMPLES);
        long tops = 0;
        int mostTops = 0;
        int nodes = 0;
        int read = 0;
        while (read < bytes.length && !stop.isRequested()) {
            StackSet next = stepper.step(set, bytes[read] & 0xff);
            if (next.isEmpty()) {
                break;
            }
            set = next;
            tops += set.size();
            mostTops = Math.max(mostTops, set.size());
            if (read++ % every == 0) {
                nodes = Math.max(nodes, nodes(set));
            }
        }
        int last = nodes(set);
        return new StackSizes((double) tops / Math.max(1, read), mostTops, Math.max(nodes, last), last);
    }

    /** The sets that a set is made of. */
    static int nodes(StackSet set) {
        Set<StackSet> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<StackSet> pending = new ArrayList<>();
        seen.add(set);
        pending.add(set);
        while (!pending.isEmpty()) {
            StackSet next = pending.remove(pending.size() - 1);
            for (int i = 0; i < next.size(); i++) {
                if (seen.add(next.below(i))) {
                    pending.add(next.below(i));
                }
            }
        }
        return seen.size();
    }
}
