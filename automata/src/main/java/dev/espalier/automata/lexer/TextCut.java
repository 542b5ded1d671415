// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.parse.TokenLattice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A text as a lexer cuts it, in all ways that it has. Not thread-safe. */
public final class TextCut {

    private static final int BYTES_OF_PLACE = 200;

    private final LexerTable table;
    private final Map<Integer, String> names;
    private final byte[] text;
    private final int[] characters;
    private final int[] ranges = new int[256];
    private final int[] befores;
    private final WorkBudget budget;

    /** A place in bytes, and the lexer's mode there. */
    private record Place(int at, int mode) {}

    /** What can be cut off at a place. */
    private record Cut(Place behind, int kind) {}

    private record RawStep(String name, int from, Place behind) {}

    private record RawNode(int offset, boolean isEnd, List<RawStep> steps) {}

    private TextCut(LexerTable table, Map<Integer, String> names, String text, WorkBudget budget) {
        this.table = table;
        this.names = names;
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.budget = budget;
        this.characters = new int[this.text.length + 1];
        for (int i = 0; i < this.text.length; i++) {
            characters[i + 1] = characters[i] + (i + 1 < this.text.length && (this.text[i + 1] & 0xC0) == 0x80 ? 0 : 1);
        }
        for (int range = 0; range < table.ranges(); range++) {
            for (int value = table.low(range); value <= table.high(range); value++) {
                ranges[value] = range;
            }
        }
        this.befores = new int[this.text.length + 1];
        for (int i = 0; i < this.text.length; i++) {
            befores[i + 1] = table.before(befores[i], ranges[this.text[i] & 0xFF]);
        }
    }

    /**
     * Cuts a text. Cost: the text's length times that of its longest token, for each mode.
     *
     * @param names by kind, the names of tokens
     */
    public static TokenLattice of(LexerTable table, Map<Integer, String> names, String text, WorkBudget budget) {
        return new TextCut(table, names, text, budget).lattice();
    }

    private TokenLattice lattice() {
        Comparator<Place> order = Comparator.comparingInt(Place::at).thenComparingInt(Place::mode);
        TreeMap<Place, RawNode> nodes = new TreeMap<>(order);
        TreeSet<Place> pending = new TreeSet<>(order);
        pending.add(new Place(0, 0));
        for (Place place = pending.pollFirst(); place != null; place = pending.pollFirst()) {
            budget.allocate(BYTES_OF_PLACE);
            RawNode node = node(place, order);
            nodes.put(place, node);
            node.steps.forEach(step -> pending.add(step.behind));
        }
        Map<Place, Integer> numbers = new HashMap<>();
        nodes.keySet().forEach(place -> numbers.put(place, numbers.size()));
        return new TokenLattice(nodes.values().stream()
                .map(node -> new TokenLattice.Node(
                        characters[node.offset],
                        node.isEnd,
                        node.steps.stream()
                                .map(step -> new TokenLattice.Step(
                                        step.name,
                                        characters[step.from],
                                        characters[step.behind.at],
                                        numbers.getOrDefault(step.behind, 0)))
                                .toList()))
                .toList());
    }

    /** What a place leads to, behind all that is skipped. */
    private RawNode node(Place first, Comparator<Place> order) {
        TreeSet<Place> pending = new TreeSet<>(order);
        pending.add(first);
        List<RawStep> steps = new ArrayList<>();
        boolean isEnd = false;
        int offset = first.at;
        for (Place place = pending.pollFirst(); place != null; place = pending.pollFirst()) {
            offset = place.at;
            isEnd |= place.at == text.length;
            for (Cut cut : cuts(place)) {
                if (cut.kind == LexerTable.SKIPPED) {
                    pending.add(cut.behind);
                } else {
                    steps.add(new RawStep(names.getOrDefault(cut.kind, ""), place.at, cut.behind));
                }
            }
        }
        return new RawNode(offset, isEnd, steps);
    }

    private List<Cut> cuts(Place place) {
        int state = table.start(place.mode, befores[place.at]);
        List<Set<LexerTable.Ending>> found = new ArrayList<>(); // by length
        int at = place.at;
        while (at < text.length) {
            budget.step();
            state = table.next(state, ranges[text[at] & 0xFF]);
            if (state == LexerTable.NONE) {
                break;
            }
            at++;
            boolean isLast = at == text.length && !table.last(state).isEmpty();
            found.add(isLast ? table.last(state) : table.endings(state));
        }
        for (int length = found.size(); length > 0; length--) {
            int behind = place.at + length;
            List<Cut> cuts = found.get(length - 1).stream()
                    .filter(ending -> table.isCommitted() || isKept(ending.obligation(), behind))
                    .map(ending -> new Cut(new Place(behind, ending.mode()), ending.kind()))
                    .toList();
            if (table.isCommitted() || !cuts.isEmpty()) {
                return cuts;
            }
        }
        return List.of();
    }

    /** Whether the text behind a place is not what an obligation forbids. */
    private boolean isKept(int obligation, int from) {
        int left = obligation;
        for (int at = from; at < text.length && left > LexerTable.FREE; at++) {
            budget.step();
            left = table.kept(left, ranges[text[at] & 0xFF]);
        }
        return left == LexerTable.FREE || (left != LexerTable.BROKEN && table.isKeptByEnd(left));
    }
}
