// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Permutation;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A small permutation as rules: one rule for each way in which items can have been counted so far. Counts stop where
 * they no longer matter; what cannot be finished is left out.
 */
final class PermutationRules {

    private static final int MOST = 200;

    /** How many of each item, and how many in all, were read. */
    private record Counts(List<Integer> each, int total) {}

    private final Permutation permutation;
    private final String prefix;
    private final Map<Counts, Set<Integer>> steps = new LinkedHashMap<>();

    private PermutationRules(Permutation permutation, String prefix) {
        this.permutation = permutation;
        this.prefix = prefix;
    }

    /**
     * The rules, the first of which is the permutation; empty when there would be more than some 200. No rules: it has no sentence.
     *
     * @param prefix what their names begin with; a number follows
     */
    static Optional<Map<String, Expression>> of(Permutation permutation, String prefix) {
        PermutationRules rules = new PermutationRules(permutation, prefix);
        if (!rules.explore()) {
            return Optional.empty();
        }
        return Optional.of(rules.prune() ? rules.written() : Map.of());
    }

    private boolean explore() {
        List<Integer> none = new ArrayList<>();
        permutation.items().forEach(item -> none.add(0));
        Deque<Counts> open = new ArrayDeque<>(List.of(new Counts(List.copyOf(none), 0)));
        while (!open.isEmpty()) {
            Counts counts = open.remove();
            if (steps.containsKey(counts)) {
                continue;
            }
            Set<Integer> possible = new HashSet<>();
            for (int i = 0; i < none.size(); i++) {
                if (mayCome(counts, i)) {
                    possible.add(i);
                    open.add(after(counts, i));
                }
            }
            steps.put(counts, possible);
            if (steps.size() > MOST) {
                return false;
            }
        }
        return true;
    }

    private boolean mayCome(Counts counts, int index) {
        int max = permutation.items().get(index).max();
        int maxTotal = permutation.maxTotal();
        return (max == Expression.UNBOUNDED || counts.each.get(index) < max)
                && (maxTotal == Expression.UNBOUNDED || counts.total < maxTotal);
    }

    private Counts after(Counts counts, int index) {
        Permutation.Item item = permutation.items().get(index);
        List<Integer> each = new ArrayList<>(counts.each);
        int count = each.get(index) + 1;
        each.set(index, item.max() == Expression.UNBOUNDED ? Math.min(count, item.min()) : count);
        boolean endless = permutation.maxTotal() == Expression.UNBOUNDED;
        int total = endless ? Math.min(counts.total + 1, Math.max(1, permutation.minTotal())) : counts.total + 1;
        return new Counts(List.copyOf(each), total);
    }

    private boolean mayEnd(Counts counts) {
        boolean enough = counts.total >= permutation.minTotal();
        for (int i = 0; i < counts.each.size(); i++) {
            enough &= counts.each.get(i) >= permutation.items().get(i).min();
        }
        return enough;
    }

    /** Drops what cannot be finished; false if that is everything. */
    private boolean prune() {
        Set<Counts> live = new HashSet<>();
        boolean news = true;
        while (news) {
            news = false;
            for (Counts counts : steps.keySet()) {
                boolean leads = steps.get(counts).stream().anyMatch(i -> live.contains(after(counts, i)));
                news |= (leads || mayEnd(counts)) && live.add(counts);
            }
        }
        boolean begins = live.contains(steps.keySet().iterator().next());
        steps.keySet().retainAll(live);
        steps.forEach((counts, possible) -> possible.removeIf(i -> !live.contains(after(counts, i))));
        return begins;
    }

    private Map<String, Expression> written() {
        Map<Counts, String> names = new LinkedHashMap<>();
        steps.keySet().forEach(counts -> names.put(counts, prefix + (names.size() + 1)));
        Map<String, Expression> rules = new LinkedHashMap<>();
        names.forEach((counts, name) -> rules.put(name, rule(counts, names)));
        return rules;
    }

    private Expression rule(Counts counts, Map<Counts, String> names) {
        List<Expression> alternatives = new ArrayList<>();
        if (mayEnd(counts)) {
            alternatives.add(Expression.EMPTY);
        }
        for (int i : steps.getOrDefault(counts, Set.of())) {
            Expression rest = new RuleReference(names.getOrDefault(after(counts, i), prefix));
            Expression item = permutation.items().get(i).expression();
            alternatives.add(
                    counts.total == 0 ? Sequence.of(item, rest) : Sequence.of(permutation.separator(), item, rest));
        }
        return new Choice(alternatives);
    }
}
