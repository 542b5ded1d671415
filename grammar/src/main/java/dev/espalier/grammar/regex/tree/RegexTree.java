// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex.tree;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import java.util.List;

/**
 * A regular expression of ECMA-262 as it is written, with everything that {@code RegexReader} cannot turn into an
 * {@link Expression}: look-around, word boundaries, groups and back-references. Modifiers such as {@code (?i:…)} are
 * worked into the parts. Immutable.
 */
public sealed interface RegexTree {

    /** One character of a set. */
    record Characters(CodePoints members) implements RegexTree {}

    /** One after the other; none: the empty text. */
    record Sequence(List<RegexTree> items) implements RegexTree {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** The first of these that lets the whole expression match. */
    record Choice(List<RegexTree> alternatives) implements RegexTree {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * As many times as the bounds allow.
     *
     * @param max {@link Expression#UNBOUNDED} for no bound
     * @param greedy whether more times are tried first
     */
    record Repeat(RegexTree item, int min, int max, boolean greedy) implements RegexTree {}

    /** A demand on the characters before and after a place. */
    record Assertion(Kind kind, CodePoints word) implements RegexTree {

        /** What is demanded; of the word boundaries, {@code word} says which characters make words. */
        public enum Kind {
            START,
            END,
            LINE_START,
            LINE_END,
            BOUNDARY,
            NO_BOUNDARY
        }
    }

    /** A demand on what follows a place, or on what stands before it. */
    record Look(boolean behind, boolean negative, RegexTree body) implements RegexTree {}

    /** A group that remembers what it matched; numbered from 1 on. */
    record Group(int number, RegexTree body) implements RegexTree {}

    /** What a group matched last, again; nothing if it has matched nothing. */
    record Reference(int group, boolean ignoreCase) implements RegexTree {}

    /** Whether there is a back-reference in it. Recurses with the nesting. */
    default boolean hasReferences() {
        if (this instanceof Sequence sequence) {
            return sequence.items().stream().anyMatch(RegexTree::hasReferences);
        } else if (this instanceof Choice choice) {
            return choice.alternatives().stream().anyMatch(RegexTree::hasReferences);
        } else if (this instanceof Repeat repeat) {
            return repeat.item().hasReferences();
        } else if (this instanceof Look look) {
            return look.body().hasReferences();
        } else if (this instanceof Group group) {
            return group.body().hasReferences();
        }
        return this instanceof Reference;
    }
}
