// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import dev.espalier.automata.counting.CountingAutomaton;
import dev.espalier.automata.state.State;
import dev.espalier.grammar.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The target of a call edge of an {@link Nfa}. Every callee stands for the non-empty texts of something: a caller goes on without
 * it where it may be empty.
 */
public sealed interface Callee {

    /**
     * A named rule, or a part of one that needs a frame of its own, such as the body of a counter.
     *
     * @param mark what is to be found {@linkplain dev.espalier.automata.state.MarkState on the stack} below it; null for nothing
     */
    record Rule(String name, Expression body, @Nullable String mark) implements Callee {

        /** A rule without a mark. */
        public Rule(String name, Expression body) {
            this(name, body, null);
        }
    }

    /** A bounded repetition of a body. */
    record Counter(int body, int min, int max) implements Callee {}

    /** Bodies in any order. */
    record Permutation(List<Item> items, int separator, boolean separatorMayBeEmpty, int minTotal, int maxTotal)
            implements Callee {

        /** One body with its own bounds; {@code max} may be {@link Expression#UNBOUNDED}. */
        public record Item(int body, int min, int max) {}
    }

    /** A frame that is there already: from outside the grammar, or a {@link CountingAutomaton}; null where it has no text. */
    record Frame(@Nullable State start) implements Callee {}
}
