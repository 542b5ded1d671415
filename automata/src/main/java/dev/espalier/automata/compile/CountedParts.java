// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.counting.CountingAutomaton;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a grammar that become {@link CountingAutomaton counting automata}: repetitions that are not written out, and what is around
 * them as far as it is ambiguous how often something was repeated. In {@code ([a-z]{1,300} ","?){1,9}} a letter may go on with a word or
 * begin the next one, so that all of it is one automaton. In {@code ("<" [a-z]{1,300} ">"){1,9}} the word is one, and the rest calls it.
 */
@FastPath(oracle = "CountingAutomatonTest")
final class CountedParts {

    private final RuleTable rules;
    private final WorkBudget budget;
    private final Map<Expression, Part> parts = new IdentityHashMap<>();
    private int nesting;

    /**
     * What is known of an expression.
     *
     * @param size about how many automaton states it takes, counted; more than {@link RuleTable#LARGE} where it is not regular
     * @param depth the levels of rules in it
     * @param first the bytes that its texts begin with, or more
     * @param begun the bytes with which repetitions that are not written out go on, of those that its texts may begin with
     * @param ended the same, of those that its texts may end with
     * @param isCounted whether it is itself such a repetition, or makes it ambiguous where one ends
     */
    private record Part(long size, int depth, ByteSet first, ByteSet begun, ByteSet ended, boolean isCounted) {

        static final Part OTHER = new Part(RuleTable.LARGE + 1L, 0, ByteSet.ALL, ByteSet.NONE, ByteSet.NONE, false);

        static Part of(long size, ByteSet first) {
            return new Part(size, 0, first, ByteSet.NONE, ByteSet.NONE, false);
        }

        /** The same one level of rules further in. */
        Part within() {
            return new Part(size, depth + 1, first, begun, ended, isCounted);
        }
    }

    CountedParts(RuleTable rules, WorkBudget budget) {
        this.rules = rules;
        this.budget = budget;
    }

    /** Whether an expression is to be a counting automaton. */
    boolean contains(Expression expression) {
        Part part = part(expression);
        return part.isCounted && part.size <= RuleTable.LARGE;
    }

    private Part part(Expression expression) {
        Part known = parts.get(expression);
        if (known == null) {
            known = find(expression);
            parts.put(expression, known);
        }
        return known;
    }

    private Part find(Expression expression) {
        budget.step();
        if (expression instanceof Expression.Literal literal) {
            int length = literal.bytes().length();
            int first = length == 0 ? -1 : literal.bytes().at(0);
            return Part.of(length, ByteSet.of(symbol -> symbol == first));
        } else if (expression instanceof Expression.CharacterClass set) {
            return Part.of(rules.size(expression, RuleTable.LARGE + 1L), first(set.members()));
        } else if (expression instanceof Expression.RuleReference reference) {
            return called(reference.name());
        } else if (expression instanceof Expression.Sequence sequence) {
            return sequence(sequence.items());
        } else if (expression instanceof Expression.Choice choice) {
            return choice(choice.alternatives());
        } else if (expression instanceof Expression.Repeat repeat) {
            return repeat(repeat);
        }
        return Part.OTHER;
    }

    /** What a rule is; of rules within rules only so many levels are looked at, and written out. */
    private Part called(String name) {
        Expression body = rules.plainBody(name);
        if (body == null || nesting == RuleTable.INLINE_DEPTH) {
            return Part.OTHER;
        }
        nesting++;
        try {
            Part part = part(body);
            return part.depth < RuleTable.INLINE_DEPTH ? part.within() : Part.OTHER;
        } finally {
            nesting--;
        }
    }

    private static ByteSet first(CodePoints members) {
        List<int[]> ranges = new ArrayList<>();
        for (int i = 0; i < members.rangeCount(); i++) {
            ranges.add(new int[] {leading(members.first(i)), leading(members.last(i))});
        }
        return ByteSet.of(symbol -> ranges.stream().anyMatch(range -> range[0] <= symbol && symbol <= range[1]));
    }

    /** The first byte of a code point in UTF-8. */
    private static int leading(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint;
        }
        return codePoint < 0x800
                ? 0xc0 | codePoint >> 6
                : codePoint < 0x10000 ? 0xe0 | codePoint >> 12 : 0xf0 | codePoint >> 18;
    }

    private Part sequence(List<Expression> items) {
        long size = 1;
        int depth = 0;
        ByteSet first = ByteSet.NONE;
        ByteSet begun = ByteSet.NONE;
        ByteSet ended = ByteSet.NONE;
        boolean isLast = true;
        boolean isCounted = false;
        for (int i = items.size() - 1; i >= 0; i--) {
            Part part = part(items.get(i));
            boolean mayBeEmpty = rules.mayBeEmpty(items.get(i));
            size = Math.min(RuleTable.LARGE + 1L, size + part.size);
            depth = Math.max(depth, part.depth);
            isCounted |= meet(part.ended, first);
            ended = isLast ? ended.or(part.ended) : ended;
            isLast &= mayBeEmpty;
            first = mayBeEmpty ? first.or(part.first) : part.first;
            begun = mayBeEmpty ? begun.or(part.begun) : part.begun;
        }
        return new Part(size, depth, first, begun, ended, isCounted);
    }

    private Part choice(List<Expression> alternatives) {
        long size = 1;
        int depth = 0;
        ByteSet first = ByteSet.NONE;
        ByteSet begun = ByteSet.NONE;
        ByteSet ended = ByteSet.NONE;
        boolean isCounted = false;
        for (Expression alternative : alternatives) {
            Part part = part(alternative);
            size = Math.min(RuleTable.LARGE + 1L, size + part.size);
            depth = Math.max(depth, part.depth);
            isCounted |= meet(part.begun, first) || meet(part.first, begun);
            first = first.or(part.first);
            begun = begun.or(part.begun);
            ended = ended.or(part.ended);
        }
        return new Part(size, depth, first, begun, ended, isCounted);
    }

    private Part repeat(Expression.Repeat repeat) {
        Part item = part(repeat.item());
        boolean isFar = rules.isFar(repeat);
        boolean comesAgain = repeat.max() == Expression.UNBOUNDED || repeat.max() > 1;
        ByteSet own = isFar ? item.first : ByteSet.NONE;
        return new Part(
                Math.min(RuleTable.LARGE + 1L, item.size + 2),
                item.depth,
                item.first,
                item.begun.or(own),
                item.ended.or(own),
                isFar || (comesAgain && meet(item.ended, item.first)));
    }

    private static boolean meet(ByteSet a, ByteSet b) {
        return !a.and(b).isEmpty();
    }
}
