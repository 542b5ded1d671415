// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text by a grammar into trees, by Earley's algorithm (1970) and a search in what it has completed. Slow beside masks, and made to explain. Two readings
 * differ if the trees of named rules do.
 */
public final class TextReader {

    private static final int ENOUGH = 2;
    private static final BitSet NONE = new BitSet();

    private final Productions rules;
    private final int[] text;
    private final WorkBudget budget;
    private final List<List<Item>> columns = new ArrayList<>();
    private final List<Set<Item>> seen = new ArrayList<>();

    /** By symbol and beginning, the ends of what was completed. */
    private final Map<Long, BitSet> ends = new HashMap<>();

    /** By symbol and end, the beginnings of what was completed. */
    private final Map<Long, BitSet> begins = new HashMap<>();

    private final Map<Long, Map<Integer, List<ParseTree>>> known = new HashMap<>();
    private final Set<List<Integer>> open = new HashSet<>();

    /** A place in an alternative of a symbol that was begun somewhere. */
    private record Item(int symbol, int alternative, int dot, int origin) {}

    private TextReader(Productions rules, int[] text, WorkBudget budget) {
        this.rules = rules;
        this.text = text;
        this.budget = budget;
    }

    /**
     * Reads a text. Cost: cubic in the text's length at worst, linear for most grammars of languages.
     *
     * @param start the rule to start from
     * @throws UnsupportedFeatureException if the grammar has something that is not of characters, sequences, choices and repetitions
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public static Reading read(Grammar grammar, String start, String text, WorkBudget budget) {
        int[] characters = text.codePoints().toArray();
        TextReader reader =
                new TextReader(Productions.of(grammar, start, characters.length, budget), characters, budget);
        return DeepStack.call(characters.length, reader::reading);
    }

    private Reading reading() {
        predict(0, 0);
        for (int at = 0; at <= text.length; at++) {
            if (at == columns.size()) {
                return failure(at - 1);
            }
            complete(at);
        }
        BitSet found = ends.get(key(0, 0));
        return found != null && found.get(text.length)
                ? new Reading.Sentence(trees(0, 0, text.length))
                : failure(text.length);
    }

    private void add(int column, Item item) {
        while (columns.size() <= column) {
            columns.add(new ArrayList<>());
            seen.add(new HashSet<>());
        }
        if (seen.get(column).add(item)) {
            budget.step();
            budget.allocate(64);
            columns.get(column).add(item);
        }
    }

    private void predict(int symbol, int at) {
        for (int i = 0; i < rules.alternatives(symbol).size(); i++) {
            add(at, new Item(symbol, i, 0, at));
        }
    }

    private static long key(int symbol, int from) {
        return (long) symbol << 32 | from;
    }

    private void complete(int at) {
        List<Item> column = columns.get(at);
        for (int i = 0; i < column.size(); i++) {
            Item item = column.get(i);
            int[] alternative = rules.alternatives(item.symbol).get(item.alternative);
            if (item.dot == alternative.length) {
                finished(item, at);
                continue;
            }
            int next = alternative[item.dot];
            Item behind = new Item(item.symbol, item.alternative, item.dot + 1, item.origin);
            if (next < 0) {
                if (at < text.length && rules.characters(next).contains(text[at])) {
                    add(at + 1, behind);
                }
                continue;
            }
            predict(next, at);
            BitSet empty = ends.get(key(next, at));
            if (empty != null && empty.get(at)) {
                add(at, behind);
            }
        }
    }

    private void finished(Item item, int at) {
        BitSet found = ends.computeIfAbsent(key(item.symbol, item.origin), none -> new BitSet());
        if (found.get(at)) {
            return;
        }
        found.set(at);
        begins.computeIfAbsent(key(item.symbol, at), none -> new BitSet()).set(item.origin);
        List<Item> callers = columns.get(item.origin);
        for (int i = 0; i < callers.size(); i++) {
            Item caller = callers.get(i);
            int[] row = rules.alternatives(caller.symbol).get(caller.alternative);
            if (caller.dot < row.length && row[caller.dot] == item.symbol) {
                add(at, new Item(caller.symbol, caller.alternative, caller.dot + 1, caller.origin));
            }
        }
    }

    /** Different trees of a symbol's text: enough of them to know whether there are several. */
    private List<ParseTree> trees(int symbol, int from, int to) {
        Map<Integer, List<ParseTree>> ofSymbol = known.computeIfAbsent(key(symbol, from), none -> new HashMap<>());
        List<ParseTree> done = ofSymbol.get(to);
        if (done != null) {
            return done;
        }
        List<Integer> place = List.of(symbol, from, to);
        if (!open.add(place)) {
            return List.of(); // a rule that is its own text: no tree is shorter for it
        }
        Set<List<ParseTree>> rows = new LinkedHashSet<>();
        for (int[] alternative : rules.alternatives(symbol)) {
            if (rows.size() < ENOUGH) {
                rows.addAll(rows(alternative, 0, from, to));
            }
        }
        String name = rules.name(symbol);
        List<ParseTree> trees = rows.stream()
                .limit(ENOUGH)
                .map(children -> new ParseTree(name, from, to, children))
                .toList();
        open.remove(place);
        ofSymbol.put(to, trees);
        return trees;
    }

    /** Rows of trees that an alternative's rest may be. */
    private Set<List<ParseTree>> rows(int[] alternative, int dot, int from, int to) {
        budget.step();
        if (dot == alternative.length) {
            return from == to ? Set.of(List.of()) : Set.of();
        }
        int next = alternative[dot];
        Set<List<ParseTree>> rows = new LinkedHashSet<>();
        if (next < 0) {
            return from < to && rules.characters(next).contains(text[from])
                    ? rows(alternative, dot + 1, from + 1, to)
                    : Set.of();
        }
        BitSet possible = splits(alternative, dot, from, to);
        for (int end = possible.previousSetBit(to);
                end >= from && rows.size() < ENOUGH;
                end = end == 0 ? -1 : possible.previousSetBit(end - 1)) {
            Set<List<ParseTree>> behind = rows(alternative, dot + 1, end, to);
            if (behind.isEmpty()) {
                continue;
            }
            for (ParseTree tree : trees(next, from, end)) {
                for (List<ParseTree> rest : behind) {
                    List<ParseTree> row = new ArrayList<>();
                    if (tree.rule().isEmpty()) {
                        row.addAll(tree.children());
                    } else {
                        row.add(tree);
                    }
                    row.addAll(rest);
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** Where a part may end: where it was completed, and, before the last part of an alternative, that one may begin. */
    private BitSet splits(int[] alternative, int dot, int from, int to) {
        BitSet possible = ends.getOrDefault(key(alternative[dot], from), NONE);
        if (dot + 2 != alternative.length || alternative[dot + 1] < 0) {
            return possible;
        }
        BitSet both = (BitSet)
                begins.getOrDefault(key(alternative[dot + 1], to), NONE).clone();
        both.and(possible);
        return both;
    }

    private Reading failure(int at) {
        Set<String> expected = new LinkedHashSet<>();
        List<String> inside = new ArrayList<>();
        for (Item item : columns.get(at)) {
            if (item.origin < at || item.dot > 0 || at == 0 && item.symbol == 0) {
                int[] alternative = rules.alternatives(item.symbol).get(item.alternative);
                if (item.dot < alternative.length) {
                    expect(alternative[item.dot], expected, new HashSet<>());
                    if (inside.isEmpty()) {
                        inside.addAll(path(item));
                    }
                }
            }
        }
        return new Reading.Failure(at, List.copyOf(expected), inside);
    }

    /** A symbol in words: a rule's name, or what parts of rules may begin with. */
    private void expect(int symbol, Set<String> expected, Set<Integer> met) {
        if (symbol < 0) {
            expected.add(CharacterText.of(rules.characters(symbol)));
        } else if (!rules.name(symbol).isEmpty()) {
            expected.add(rules.name(symbol));
        } else if (met.add(symbol)) {
            for (int[] alternative : rules.alternatives(symbol)) {
                for (int i = 0; i < alternative.length; i++) {
                    expect(alternative[i], expected, met);
                    if (alternative[i] < 0 || !mayBeEmpty(alternative[i], new HashSet<>())) {
                        break;
                    }
                }
            }
        }
    }

    private boolean mayBeEmpty(int symbol, Set<Integer> met) {
        if (symbol < 0 || !met.add(symbol)) {
            return false;
        }
        for (int[] alternative : rules.alternatives(symbol)) {
            boolean all = true;
            for (int part : alternative) {
                all = all && mayBeEmpty(part, met);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    /** The named rules around an item, the outermost first. */
    private List<String> path(Item item) {
        ArrayDeque<String> names = new ArrayDeque<>();
        Set<Item> met = new HashSet<>();
        Item at = item;
        while (at != null && met.add(at)) {
            if (!rules.name(at.symbol).isEmpty()) {
                names.push(rules.name(at.symbol));
            }
            at = caller(at, met);
        }
        return List.copyOf(names);
    }

    private @Nullable Item caller(Item item, Set<Item> met) {
        for (Item caller : columns.get(item.origin)) {
            int[] row = rules.alternatives(caller.symbol).get(caller.alternative);
            if (caller.dot < row.length && row[caller.dot] == item.symbol && !met.contains(caller)) {
                return caller;
            }
        }
        return null;
    }
}
