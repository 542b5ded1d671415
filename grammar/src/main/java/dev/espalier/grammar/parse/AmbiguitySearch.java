// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A search for the shortest sentence with two trees: two leftmost derivations of a rule side by side, which read the same terminals, the pair first that needs the fewest
 * for a sentence (A*). Both begin alike. Where one enters or leaves a rule and the other does not, they have become different, and from there on rules do not matter.
 *
 * <p>The search begins at each rule, since a part of a tree that can be read in two ways is itself a text with two trees. What both read alike is the shortest text of
 * its symbol. Not thread-safe.
 */
final class AmbiguitySearch {

    private static final int BYTES_OF_PAIR = 200;
    private static final int NOTHING = Integer.MAX_VALUE;

    private final Productions rules;
    private final ShortTexts texts;
    private final SymbolStacks stacks;
    private final int longest;
    private final WorkBudget budget;
    private final List<Deque<Pair>> pending = new ArrayList<>();
    private final Map<Key, Integer> known = new HashMap<>();

    /** Two stacks, and whether what was read is different already. */
    private record Key(int one, int other, boolean isDifferent) {}

    /**
     * A pair of derivations.
     *
     * @param read the number of terminals that were read, and that stand around the rule
     * @param rule the symbol that it began at
     * @param before the pair before
     * @param first what was read since: a symbol that both read alike, or the terminal of one; nothing in the first pair of a rule
     * @param second the terminal of the other
     */
    private record Pair(Key key, int read, int rule, Optional<Pair> before, int first, int second) {}

    /**
     * What was found.
     *
     * @param witness a shortest one that was confirmed
     * @param length up to how many terminals all sentences were tried
     */
    record Result<W>(Optional<W> witness, int length) {}

    AmbiguitySearch(Productions rules, ShortTexts texts, int longest, WorkBudget budget) {
        this.rules = rules;
        this.texts = texts;
        this.stacks = new SymbolStacks(rules, budget);
        this.longest = longest;
        this.budget = budget;
        for (int length = 0; length <= longest; length++) {
            pending.add(new ArrayDeque<>());
        }
    }

    /**
     * The shortest text with two trees, of all rules.
     *
     * @param most how many pairs are looked at
     * @param confirm a witness of a symbol and its text; empty if the text is none
     */
    <W> Result<W> run(int most, BiFunction<Integer, List<Terminal>, Optional<W>> confirm) {
        return run(IntStream.range(0, rules.size()), most, confirm);
    }

    /** The shortest text with two trees of one rule. */
    <W> Result<W> run(int symbol, int most, BiFunction<Integer, List<Terminal>, Optional<W>> confirm) {
        return run(IntStream.of(symbol), most, confirm);
    }

    private <W> Result<W> run(IntStream symbols, int most, BiFunction<Integer, List<Terminal>, Optional<W>> confirm) {
        List<Integer> begun = symbols.filter(symbol -> rules.isNamed(symbol) && texts.isReached(symbol))
                .boxed()
                .toList();
        Optional<W> loop = loop(begun, confirm);
        if (loop.isPresent()) {
            return new Result<>(loop, longest);
        }
        begun.forEach(this::begin);
        int left = most;
        for (int length = 0; length <= longest; length++) {
            Deque<Pair> pairs = pending.get(length);
            while (!pairs.isEmpty()) {
                Pair pair = pairs.pop();
                if (known.getOrDefault(pair.key, 0) < pair.read) {
                    continue;
                } else if (left-- == 0) {
                    return new Result<>(Optional.empty(), length - 1);
                }
                if (pair.key.isDifferent && pair.key.one == pair.key.other) {
                    Optional<W> witness = confirm.apply(pair.rule, text(pair));
                    if (witness.isPresent()) {
                        return new Result<>(witness, length);
                    }
                } else {
                    extend(pair);
                }
            }
        }
        return new Result<>(Optional.empty(), longest);
    }

    /** A text of a rule that may be its own text. */
    private <W> Optional<W> loop(List<Integer> begun, BiFunction<Integer, List<Terminal>, Optional<W>> confirm) {
        return new UnitLoops(rules, budget)
                .loops().stream()
                        .flatMap(List::stream)
                        .filter(begun::contains)
                        .filter(symbol -> texts.around(symbol) + rules.shortest(symbol) <= longest)
                        .min(Comparator.comparingInt(symbol -> texts.around(symbol) + rules.shortest(symbol)))
                        .flatMap(symbol -> confirm.apply(symbol, texts.text(symbol)));
    }

    private void begin(int symbol) {
        Key none = new Key(SymbolStacks.EMPTY, SymbolStacks.EMPTY, false);
        Pair root = new Pair(none, texts.around(symbol), symbol, Optional.empty(), NOTHING, NOTHING);
        fork(root, symbol, SymbolStacks.EMPTY);
    }

    /** Two alternatives of a symbol, or twice the same, above the same rest. */
    private void fork(Pair pair, int symbol, int rest) {
        List<int[]> rows = rules.alternatives(symbol);
        for (int i = 0; i < rows.size(); i++) {
            int one = stacks.push(rows.get(i), rest);
            for (int j = i; j < rows.size(); j++) {
                move(pair, one, stacks.push(rows.get(j), rest), false);
            }
        }
    }

    private void move(Pair before, int one, int other, boolean isDifferent) {
        add(before, one, other, isDifferent, before.read, NOTHING, NOTHING);
    }

    /** A pair that comes of another; without a symbol or terminals nothing was read. */
    private void add(Pair before, int one, int other, boolean isDifferent, int read, int first, int second) {
        budget.step();
        if (!isDifferent && !stacks.hasSymbols(one) && !stacks.hasSymbols(other)) {
            return; // only ends are left: the same trees, or trees that differ in none
        }
        int length = read + Math.max(stacks.length(one), stacks.length(other));
        if (length > longest || length < 0 || !stacks.mayMeet(one, other)) {
            return;
        }
        Key key = new Key(Math.min(one, other), Math.max(one, other), isDifferent);
        Integer least = known.get(key);
        if (least == null || read < least) {
            budget.allocate(BYTES_OF_PAIR);
            known.put(key, read);
            Pair pair = first != NOTHING
                    ? new Pair(key, read, before.rule, Optional.of(before), first, second)
                    : new Pair(key, read, before.rule, before.before, before.first, before.second);
            pending.get(length).push(pair);
        }
    }

    private void extend(Pair pair) {
        int one = pair.key.one;
        int other = pair.key.other;
        if (one == other) {
            alike(pair, one);
        } else if (pair.key.isDifferent) {
            if (isOpen(one)) {
                expand(pair, one, other);
            } else if (isOpen(other)) {
                expand(pair, other, one);
            } else {
                read(pair, one, other);
            }
        } else if (isPart(one)) {
            expand(pair, one, other);
        } else if (isPart(other)) {
            expand(pair, other, one);
        } else {
            compare(pair, one, other);
        }
    }

    /** Whether a rule or a part is next. */
    private boolean isOpen(int stack) {
        return stack != SymbolStacks.EMPTY && stacks.top(stack) >= 0 && !stacks.isEnd(stacks.top(stack));
    }

    /** Whether a part without a name is next. */
    private boolean isPart(int stack) {
        return isOpen(stack) && !rules.isNamed(stacks.top(stack));
    }

    private void expand(Pair pair, int stack, int other) {
        for (int[] row : rules.alternatives(stacks.top(stack))) {
            move(pair, stacks.push(row, stacks.rest(stack)), other, pair.key.isDifferent);
        }
    }

    /** Both have the same to read. */
    private void alike(Pair pair, int stack) {
        int top = stacks.top(stack);
        int rest = stacks.rest(stack);
        if (stacks.isEnd(top)) {
            move(pair, rest, rest, false);
        } else if (top < 0) {
            add(pair, rest, rest, false, pair.read + 1, top, top);
        } else {
            add(pair, rest, rest, false, pair.read + rules.shortest(top), top, top);
            if (!rules.isNamed(top)) {
                fork(pair, top, rest);
            } else if (stacks.hasSymbols(rest)) { // otherwise it is a search of its own
                fork(pair, top, stacks.pushEnd(rules.name(top), rest));
            }
        }
    }

    /** Neither has a part next, and they are alike so far. */
    private void compare(Pair pair, int one, int other) {
        if (one == SymbolStacks.EMPTY || other == SymbolStacks.EMPTY) {
            differ(pair, one, other);
            return;
        }
        int top = stacks.top(one);
        int second = stacks.top(other);
        if (isOpen(one) && isOpen(other) && rules.name(top).equals(rules.name(second))) {
            int rest = stacks.pushEnd(rules.name(top), stacks.rest(one));
            int secondRest = stacks.pushEnd(rules.name(top), stacks.rest(other));
            if (top == second) {
                add(pair, stacks.rest(one), stacks.rest(other), false, pair.read + rules.shortest(top), top, top);
            }
            for (int[] row : rules.alternatives(top)) {
                for (int[] secondRow : rules.alternatives(second)) {
                    move(pair, stacks.push(row, rest), stacks.push(secondRow, secondRest), false);
                }
            }
        } else if (stacks.isEnd(top) && top == second) {
            move(pair, stacks.rest(one), stacks.rest(other), false);
        } else if (top < 0 && second < 0) {
            read(pair, one, other);
        } else {
            differ(pair, one, other);
        }
    }

    private void differ(Pair pair, int one, int other) {
        move(pair, stacks.withoutEnds(one), stacks.withoutEnds(other), true);
    }

    private void read(Pair pair, int one, int other) {
        if (one == SymbolStacks.EMPTY || other == SymbolStacks.EMPTY) {
            return;
        }
        int top = stacks.top(one);
        int second = stacks.top(other);
        if (stacks.meet(top, second)) {
            add(pair, stacks.rest(one), stacks.rest(other), pair.key.isDifferent, pair.read + 1, top, second);
        }
    }

    /** What was read to a pair whose rests are the same, with a shortest text of that. */
    private List<Terminal> text(Pair last) {
        Deque<List<Terminal>> parts = new ArrayDeque<>();
        for (Pair pair = last; pair.before.isPresent(); pair = pair.before.get()) {
            if (pair.first >= 0) {
                parts.push(texts.text(pair.first));
            } else {
                Terminal one = rules.terminal(pair.first);
                Terminal other = rules.terminal(pair.second);
                parts.push(
                        List.of(one.isToken() ? one : Terminal.of(one.members().intersect(other.members()))));
            }
        }
        List<Terminal> text = new ArrayList<>();
        parts.forEach(text::addAll);
        IntStream.iterate(last.key.one, stack -> stack != SymbolStacks.EMPTY, stacks::rest)
                .mapToObj(stack -> texts.text(stacks.top(stack)))
                .forEach(text::addAll);
        return text;
    }
}
