// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An analysis of a grammar's rules: which may be empty, which recurse, how large each would be as an automaton, and hence which
 * are written out where they are used and which are called.
 */
final class RuleTable {

    /** Bounded repetitions of at most so many states in all are written out; larger ones become counters. */
    private static final int UNROLLED_STATES = 256;

    /** Rules of at most this many automaton states are written out wherever they are used. */
    private static final int SMALL = 16;

    /** A rule that is used once is written out up to this size. */
    static final int LARGE = 4096;

    /** Rules written out inside rules written out, at most so deep. */
    static final int INLINE_DEPTH = 40;

    /** What is known of one rule. */
    private static final class Entry {
        final Expression body;
        final @Nullable String mark;
        final List<String> uses = new ArrayList<>();
        int timesUsed;
        boolean mayBeEmpty;
        boolean recursive;
        boolean inlined;
        long size = 1;
        int depth;

        public Entry(Expression body, @Nullable String mark) {
            this.body = body;
            this.mark = mark;
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final WorkBudget budget;
    private final boolean regular;
    private final int unrolledStates;

    /**
     * The table of a grammar.
     *
     * @param regular whether as much as possible is written out, for what must be a plain automaton without calls
     */
    RuleTable(Grammar grammar, boolean regular, WorkBudget budget) {
        this(grammar, Map.of(), regular, budget);
    }

    /** A table in which some rules have marks, by name; they are never written out. */
    RuleTable(Grammar grammar, Map<String, String> marks, boolean regular, WorkBudget budget) {
        this.budget = budget;
        this.regular = regular;
        this.unrolledStates = regular ? budget.limits().maxRepeatExpansion() : UNROLLED_STATES;
        grammar.rules().forEach((name, body) -> entries.put(name, new Entry(body, marks.get(name))));
        entries.values().forEach(entry -> collectUses(entry.body, entry.uses));
        entries.values().forEach(entry -> entry.uses.forEach(used -> entry(used).timesUsed++));
        findEmpty();
        decideInlining(Components.of(entries.size(), successors(), budget));
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ReferenceException("rule \"" + name + "\" is not defined", Place.UNKNOWN);
        }
        return entry;
    }

    /** All rules with one added. */
    Map<String, Expression> with(String name, Expression body) {
        Map<String, Expression> all = new LinkedHashMap<>();
        entries.forEach((known, entry) -> all.put(known, entry.body));
        all.put(name, body);
        return all;
    }

    /** What lies below a rule on the stack; null for nothing. */
    @Nullable
    String mark(String name) {
        return entry(name).mark;
    }

    boolean isInlined(String name) {
        return entry(name).inlined;
    }

    Expression body(String name) {
        return entry(name).body;
    }

    private void collectUses(Expression expression, List<String> uses) {
        budget.spendSteps(8);
        if (expression instanceof Expression.RuleReference reference) {
            uses.add(reference.name());
        } else {
            parts(expression).forEach(part -> collectUses(part, uses));
        }
    }

    private static List<Expression> parts(Expression expression) {
        if (expression instanceof Expression.Sequence sequence) {
            return sequence.items();
        } else if (expression instanceof Expression.Choice choice) {
            return choice.alternatives();
        } else if (expression instanceof Expression.Repeat repeat) {
            return List.of(repeat.item());
        } else if (expression instanceof Expression.Intersection both) {
            return List.of(both.left(), both.right());
        } else if (expression instanceof Expression.Difference difference) {
            return List.of(difference.left(), difference.right());
        } else if (expression instanceof Expression.Permutation permutation) {
            List<Expression> parts = new ArrayList<>();
            permutation.items().forEach(item -> parts.add(item.expression()));
            parts.add(permutation.separator());
            return parts;
        } else if (expression instanceof Expression.FreeText free) {
            return free.stops().stream().map(Expression.FreeText.Stop::then).toList();
        }
        return List.of();
    }

    private void findEmpty() {
        Map<String, List<String>> usedBy = new HashMap<>();
        entries.forEach((name, entry) -> entry.uses.forEach(
                used -> usedBy.computeIfAbsent(used, key -> new ArrayList<>()).add(name)));
        ArrayDeque<String> pending = new ArrayDeque<>(entries.keySet());
        while (!pending.isEmpty()) {
            String name = pending.remove();
            Entry entry = entry(name);
            if (!entry.mayBeEmpty && mayBeEmpty(entry.body)) {
                entry.mayBeEmpty = true;
                pending.addAll(usedBy.getOrDefault(name, List.of()));
            }
        }
    }

    /** Whether an expression describes the empty text. */
    boolean mayBeEmpty(Expression expression) {
        budget.step();
        if (expression instanceof Expression.Literal literal) {
            return literal.bytes().length() == 0;
        } else if (expression instanceof Expression.Sequence sequence) {
            return sequence.items().stream().allMatch(this::mayBeEmpty);
        } else if (expression instanceof Expression.Choice choice) {
            return choice.alternatives().stream().anyMatch(this::mayBeEmpty);
        } else if (expression instanceof Expression.Repeat repeat) {
            return repeat.min() == 0 || mayBeEmpty(repeat.item());
        } else if (expression instanceof Expression.RuleReference reference) {
            return entry(reference.name()).mayBeEmpty;
        } else if (expression instanceof Expression.Permutation permutation) {
            return permutation.minTotal() == 0 && permutation.items().stream().allMatch(item -> item.min() == 0);
        } else if (expression instanceof Expression.FreeText free) {
            return free.mayEnd();
        } else if (expression instanceof Expression.Intersection both) {
            return mayBeEmpty(both.left()) && mayBeEmpty(both.right());
        } else if (expression instanceof Expression.Difference difference) {
            return mayBeEmpty(difference.left()) && !mayBeEmpty(difference.right());
        }
        return false;
    }

    private int[][] successors() {
        Map<String, Integer> numbers = new HashMap<>();
        entries.keySet().forEach(name -> numbers.put(name, numbers.size()));
        int[][] successors = new int[entries.size()][];
        int next = 0;
        for (Entry entry : entries.values()) {
            successors[next++] = entry.uses.stream()
                    .mapToInt(used -> numbers.getOrDefault(used, 0))
                    .distinct()
                    .toArray();
        }
        return successors;
    }

    private void decideInlining(Components components) {
        List<Entry> byNumber = new ArrayList<>(entries.values());
        for (int[] component : components.calleesFirst()) {
            for (int number : component) {
                Entry entry = byNumber.get(number);
                entry.recursive = components.isCyclic(component);
                entry.size = size(entry.body, LARGE + 1L);
                entry.depth = 1 + deepestInlined(entry);
                boolean fits = regular || entry.size <= SMALL || (entry.timesUsed <= 1 && entry.size <= LARGE);
                entry.inlined = !entry.recursive && entry.mark == null && fits && entry.depth <= INLINE_DEPTH;
                if (!entry.inlined
                        && !entry.recursive
                        && entry.mark == null
                        && entry.mayBeEmpty
                        && entry.size <= LARGE) {
                    callLargeParts(entry);
                }
            }
        }
    }

    /**
     * Writes out a rule that may be empty after all, if it is small but for rules that only it uses: those are called
     * instead. Blanks and comments between tokens are such a rule; were it called, every token with a blank in front would
     * end a frame. Other rules stay whole: a string whose characters were called would end a frame at each of them.
     */
    private void callLargeParts(Entry entry) {
        List<Entry> large = entry.uses.stream()
                .map(this::entry)
                .filter(used -> used.inlined && used.timesUsed == 1 && used.size > SMALL)
                .toList();
        large.forEach(used -> used.inlined = false);
        long size = size(entry.body, LARGE + 1L);
        if (size <= SMALL) {
            entry.size = size;
            entry.depth = 1 + deepestInlined(entry);
            entry.inlined = entry.depth <= INLINE_DEPTH;
        }
        if (!entry.inlined) {
            large.forEach(used -> used.inlined = true);
        }
    }

    private int deepestInlined(Entry entry) {
        int deepest = 0;
        for (String used : entry.uses) {
            Entry other = entry(used);
            deepest = Math.max(deepest, other.inlined ? other.depth : 0);
        }
        return deepest;
    }

    /** Whether a repetition is neither written out nor without bounds. */
    boolean isFar(Expression.Repeat repeat) {
        int copies = repeat.max() == Expression.UNBOUNDED ? repeat.min() : repeat.max();
        return copies > 1 && !areWrittenOut(copies, repeat.item());
    }

    /** The body of a rule; null if it recurses. */
    @Nullable
    Expression plainBody(String name) {
        return entry(name).recursive ? null : entry(name).body;
    }

    /** Whether so many copies of an expression are few enough to be written out. */
    boolean areWrittenOut(int copies, Expression expression) {
        return copies * Math.max(1, size(expression, unrolledStates + 1L)) <= unrolledStates;
    }

    /** About how many automaton states an expression takes, written out; not counted further than {@code cap}. */
    long size(Expression expression, long cap) {
        budget.spendSteps(4);
        if (expression instanceof Expression.Literal literal) {
            return literal.bytes().length();
        } else if (expression instanceof Expression.CharacterClass set) {
            int last = set.members().rangeCount() - 1;
            return last < 0 || set.members().last(last) < 0x80
                    ? 1
                    : 8 + set.members().rangeCount();
        } else if (expression instanceof Expression.RuleReference reference) {
            Entry entry = entry(reference.name());
            return entry.inlined ? entry.size : 1;
        } else if (expression instanceof Expression.Repeat repeat) {
            long item = size(repeat.item(), cap);
            long unrolled = item * Math.max(1, Math.max(repeat.min(), repeat.max()));
            return unrolled <= unrolledStates ? unrolled + 1 : item + 2;
        }
        long sum = expression instanceof Expression.FreeText free ? FreeTextBuilder.size(free) : 1;
        for (Expression part : parts(expression)) {
            sum += size(part, cap);
            if (sum >= cap) {
                return cap;
            }
        }
        return sum;
    }
}
