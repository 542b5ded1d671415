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

    /** The width of what has no bound. */
    long UNBOUNDED = Long.MAX_VALUE / 4;

    /** The least and greatest number of characters that are read, as Python counts them. Recurses with the nesting. */
    default long[] width() {
        if (this instanceof Characters) {
            return new long[] {1, 1};
        } else if (this instanceof Sequence sequence) {
            long[] sum = new long[2];
            for (RegexTree item : sequence.items()) {
                long[] width = item.width();
                sum[0] = Math.min(UNBOUNDED, sum[0] + width[0]);
                sum[1] = Math.min(UNBOUNDED, sum[1] + width[1]);
            }
            return sum;
        } else if (this instanceof Choice choice) {
            long least = UNBOUNDED;
            long most = 0;
            for (RegexTree alternative : choice.alternatives()) {
                long[] width = alternative.width();
                least = Math.min(least, width[0]);
                most = Math.max(most, width[1]);
            }
            return new long[] {least, most};
        } else if (this instanceof Repeat repeat) {
            long[] width = repeat.item().width();
            boolean unbounded = repeat.max() == Expression.UNBOUNDED && width[1] > 0;
            return new long[] {
                times(width[0], repeat.min()), unbounded ? UNBOUNDED : times(width[1], Math.max(0, repeat.max()))
            };
        } else if (this instanceof Group group) {
            return group.body().width();
        }
        return new long[2];
    }

    private static long times(long width, int count) {
        return count == 0 ? 0 : width > UNBOUNDED / count ? UNBOUNDED : width * count;
    }
}
