// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.lexer.Partition;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.LexedGrammar.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tokens that look around, as a backtracking search finds them. As in {@link OrderedLexer}, a state is a list of places in the order in which the search would try them; here
 * each place has a condition on the text from there on. A condition is a Boolean function of places: a place is true if some text that follows leads from it to an end. What
 * reads a byte replaces each place by the condition that is left of it.
 *
 * <p>A token may end where its own condition holds and no place before it in the list leads to an end. That is a condition, too: the obligation behind the token. Places behind
 * it in the list go on where its condition does not hold. See {@code docs/design/lexers.md}.
 */
@FastPath(oracle = "LookingLexerTest")
final class LookingLexer {

    private static final int NOWHERE = -1;

    private final OrderedLexer graph;
    private final Nfa nfa;
    private final Conditions conditions;
    private final WorkBudget budget;
    /** Places from which a look-behind can be reached. */
    private final BitSet looksBehind;

    private final List<Before> befores = new ArrayList<>();
    private final Map<Before, Integer> beforeNumbers = new HashMap<>();
    private final List<int[]> beforeRows = new ArrayList<>();
    private final List<Position> positions = new ArrayList<>();
    private final Position anywhere = new Position(NOWHERE);
    private final List<Row> rows = new ArrayList<>();
    private final Map<Row, Integer> rowNumbers = new HashMap<>();
    private final Map<Integer, Edges> edges = new HashMap<>();
    private final List<Demand> demands = new ArrayList<>(List.of(new Demand(Conditions.TRUE, NOWHERE)));
    private final Map<Demand, Integer> demandNumbers = new HashMap<>(Map.of(demands.get(0), 0));

    /** A place, and when it counts. */
    private record Reached(int place, int condition) {}

    /**
     * What stands before a place.
     *
     * @param missing how many bytes of a character have not been read
     * @param running by look-behind, where its texts are that began before
     * @param ended by look-behind, when one of its texts ends here
     */
    private record Before(int missing, List<List<Reached>> running, List<Integer> ended) {}

    /** A condition on what follows, behind what stands before. */
    private record Demand(int condition, int before) {}

    /**
     * A text that ends.
     *
     * @param obligation what it asks of the text behind it
     */
    record End(int text, int obligation) {}

    /** A state of the lexer. */
    private record Row(List<Reached> list, List<End> ends, int before) {}

    /**
     * An automaton of texts. Where some of its states are not reached from the starts of a mode, they belong to others.
     *
     * @param starts by what stands before, the state that has read nothing
     */
    record Rows(List<Expression> texts, List<int[]> next, List<List<End>> ends, int[] starts) {}

    /** The automata of all modes, and what their tokens look at. */
    record Lexed(List<Rows> modes, LexerTable.Surroundings around) {}

    private LookingLexer(OrderedLexer graph, WorkBudget budget) {
        this.graph = graph;
        this.nfa = graph.nfa();
        this.conditions = new Conditions(budget);
        this.budget = budget;
        this.looksBehind = placesBefore(graph);
    }

    /** The automata of the tokens of some modes. */
    static Lexed of(List<List<Token>> modes, WorkBudget budget) {
        List<Expression> texts =
                modes.stream().flatMap(List::stream).map(Token::text).distinct().toList();
        Map<Expression, Integer> numbers = new HashMap<>();
        texts.forEach(text -> numbers.put(text, numbers.size()));
        List<Integer> starts = new ArrayList<>();
        OrderedLexer graph = OrderedLexer.graph(texts, starts, budget);
        List<List<Integer>> places = modes.stream()
                .map(mode -> mode.stream()
                        .map(token -> starts.get(numbers.getOrDefault(token.text(), 0)))
                        .distinct()
                        .toList())
                .toList();
        return DeepStack.call(graph.nfa().states() / 4, () -> new LookingLexer(graph, budget).lexed(texts, places));
    }

    private Lexed lexed(List<Expression> texts, List<List<Integer>> places) {
        List<int[]> before = befores();
        List<int[]> starts = places.stream().map(this::starts).toList();
        List<int[]> next = rows();
        Obligations obligations = Obligations.of(demandRows(), kept(), budget);
        List<List<End>> ends = rows.stream()
                .map(row -> row.ends.stream()
                        .map(end -> new End(end.text, obligations.name(end.obligation)))
                        .filter(end -> end.obligation != LexerTable.BROKEN)
                        .distinct()
                        .toList())
                .toList();
        BitSet ending = new BitSet();
        for (int i = 0; i < ends.size(); i++) {
            ending.set(i, !ends.get(i).isEmpty());
        }
        BitSet live = Obligations.leadingTo(ending, next);
        for (int[] row : next) {
            for (int value = 0; value < row.length; value++) {
                row[value] = row[value] >= 0 && live.get(row[value]) ? row[value] : LexerTable.NONE;
            }
        }
        return new Lexed(
                starts.stream().map(some -> new Rows(texts, next, ends, some)).toList(),
                new LexerTable.Surroundings(before, obligations.next(), obligations.keptByEnd()));
    }

    private static BitSet placesBefore(OrderedLexer graph) {
        Nfa nfa = graph.nfa();
        BitSet found = new BitSet();
        for (int size = -1; size != found.cardinality(); ) {
            size = found.cardinality();
            for (int state = nfa.states() - 1; state >= 0; state--) {
                OrderedLexer.Look look = graph.look(state);
                boolean leads = graph.moves(state).stream().anyMatch(found::get)
                        || (look != null && (look.isBehind() || found.get(look.body()) || found.get(look.next())));
                for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                    leads |= found.get(nfa.target(edge));
                }
                if (leads) {
                    found.set(state);
                }
            }
        }
        return found;
    }

    /**
     * The edges of a place.
     *
     * @param lows where ranges of bytes begin that it reads alike
     * @param targets by range, where it leads
     */
    private record Edges(int[] lows, int[][] targets) {

        int[] targets(int value) {
            int at = Arrays.binarySearch(lows, value);
            return targets[at < 0 ? -2 - at : at];
        }
    }

    private Edges edges(int place) {
        return edges.computeIfAbsent(place, none -> {
            BitSet lows = new BitSet();
            lows.set(0);
            for (int edge = nfa.firstEdge(place); edge >= 0; edge = nfa.nextEdge(edge)) {
                lows.set(nfa.low(edge));
                lows.set(nfa.high(edge) + 1);
            }
            int[] ranges = lows.stream().toArray();
            int[][] targets = new int[ranges.length][];
            for (int i = 0; i < ranges.length; i++) {
                List<Integer> some = new ArrayList<>();
                for (int edge = nfa.firstEdge(place); edge >= 0; edge = nfa.nextEdge(edge)) {
                    if (nfa.low(edge) <= ranges[i] && ranges[i] <= nfa.high(edge)) {
                        some.add(nfa.target(edge));
                    }
                }
                targets[i] = some.stream().mapToInt(target -> target).toArray();
            }
            return new Edges(ranges, targets);
        });
    }

    /** A place between characters, for what stands before it. */
    private final class Position {

        private final int before;
        private final List<Integer> ended = new ArrayList<>();
        private final Map<Integer, Integer> known = new HashMap<>();

        Position(int before) {
            this.before = before;
        }

        /** When a text that begins here leads from a place to an end. */
        int condition(int place) {
            Integer condition = known.get(place);
            if (condition == null) {
                Walk walk = new Walk(this, false);
                walk.add(place, Conditions.TRUE);
                condition = walk.leads();
                known.put(place, condition);
            }
            return condition;
        }

        int after(int condition, int value) {
            return condition <= Conditions.TRUE
                    ? condition
                    : conditions.replaced(condition, place -> {
                        int left = Conditions.FALSE;
                        for (int target : edges(place).targets(value)) {
                            left = conditions.or(left, condition(target));
                        }
                        return left;
                    });
        }
    }

    /** What can be reached from some places without reading, each place as far as it was not reached before. */
    private final class Walk {

        private final Position at;
        private final boolean isOrdered;
        private final List<Reached> list = new ArrayList<>();
        private final List<End> ends = new ArrayList<>();
        private final Map<Integer, Integer> seen = new HashMap<>();
        private int open = Conditions.TRUE;
        private int ended = Conditions.FALSE;

        /** A walk from a position; an ordered one does not go where something ended before. */
        Walk(Position at, boolean isOrdered) {
            this.at = at;
            this.isOrdered = isOrdered;
        }

        void read(List<Reached> from, int value) {
            for (Reached reached : from) {
                budget.step();
                int[] targets = edges(reached.place).targets(value);
                int left = targets.length == 0 ? Conditions.FALSE : at.after(reached.condition, value);
                for (int target : targets) {
                    add(target, left);
                }
            }
        }

        void add(int place, int condition) {
            int before = seen.getOrDefault(place, Conditions.FALSE);
            int fresh = conditions.and(conditions.and(condition, open), conditions.not(before));
            if (fresh == Conditions.FALSE) {
                return;
            }
            seen.put(place, conditions.or(before, fresh));
            Integer token = graph.end(place);
            if (token != null) {
                end(token, fresh);
                return;
            }
            if (nfa.firstEdge(place) >= 0) {
                list.add(new Reached(place, fresh));
            }
            OrderedLexer.Look look = graph.look(place);
            if (look != null) {
                int holds = look.isBehind() ? at.ended.get(look.body()) : at.condition(look.body());
                add(look.next(), conditions.and(fresh, look.isNegative() ? conditions.not(holds) : holds));
            }
            for (int next : graph.moves(place)) {
                add(next, fresh);
            }
        }

        private void end(int token, int condition) {
            ended = conditions.or(ended, condition);
            if (isOrdered) {
                int demand = conditions.and(condition, conditions.not(leads(list)));
                if (demand != Conditions.FALSE) {
                    ends.add(new End(token, demand(demand, at.before)));
                }
                open = conditions.and(open, conditions.not(condition));
            }
        }

        /** When what was reached leads to an end. */
        int leads() {
            return conditions.or(ended, leads(list));
        }

        private int leads(List<Reached> places) {
            int leads = Conditions.FALSE;
            for (Reached reached : places) {
                leads = conditions.or(leads, conditions.and(reached.condition, conditions.variable(reached.place)));
            }
            return leads;
        }

        /** The places without an order, each once. */
        List<Reached> merged() {
            Map<Integer, Integer> merged = new TreeMap<>();
            list.forEach(reached -> merged.merge(reached.place, reached.condition, conditions::or));
            List<Reached> places = new ArrayList<>();
            merged.forEach((place, condition) -> places.add(new Reached(place, condition)));
            return places;
        }

        Row row() {
            boolean remembers =
                    list.stream().anyMatch(reached -> looksBehind.get(reached.place) || remembers(reached.condition));
            return new Row(List.copyOf(list), List.copyOf(ends), remembers ? at.before : NOWHERE);
        }
    }

    private boolean remembers(int condition) {
        BitSet places = new BitSet();
        conditions.addVariables(condition, places);
        return places.intersects(looksBehind);
    }

    private int demand(int condition, int before) {
        Demand demand = new Demand(condition, remembers(condition) ? before : NOWHERE);
        return demandNumbers.computeIfAbsent(demand, none -> {
            demands.add(demand);
            return demands.size() - 1;
        });
    }

    private Position position(int before) {
        return before == NOWHERE ? anywhere : positions.get(before);
    }

    private int nextBefore(int before, int value) {
        return before == NOWHERE ? NOWHERE : beforeRows.get(before)[value];
    }

    /** All that may stand before a place, as an automaton. */
    private List<int[]> befores() {
        if (graph.behinds().isEmpty()) {
            return List.of(new int[State.SPECIAL]);
        }
        int unused = before(0, List.of(), 0);
        for (int i = 0; i < befores.size(); i++) {
            budget.addStates(1);
            Before from = befores.get(i);
            BitSet places = new BitSet();
            from.running.forEach(list -> addPlaces(list, places));
            BitSet bounds = bounds(places);
            for (int lead : new int[] {0x80, 0xC0, 0xE0, 0xF0, 0xF8}) {
                bounds.set(lead);
            }
            int[] row = new int[State.SPECIAL];
            int value = 0;
            for (int bound : bounds.stream().toArray()) {
                Arrays.fill(row, value, bound, before(missing(from.missing, value), from.running, value));
                value = bound;
            }
            beforeRows.add(row);
        }
        return beforeRows;
    }

    /** How many bytes of a character are missing after a byte; texts are well-formed. */
    private static int missing(int before, int value) {
        if (value < 0x80) {
            return 0;
        } else if (value < 0xC0) {
            return Math.max(0, before - 1);
        }
        return value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
    }

    private int before(int missing, List<List<Reached>> running, int value) {
        Position at = new Position(befores.size());
        List<List<Reached>> left = new ArrayList<>();
        for (int behind = 0; behind < graph.behinds().size(); behind++) {
            Walk walk = new Walk(at, false);
            if (!running.isEmpty()) {
                walk.read(running.get(behind), value);
            }
            if (missing == 0) {
                walk.add(graph.behinds().get(behind), Conditions.TRUE);
            }
            left.add(walk.merged());
            at.ended.add(walk.ended);
        }
        return beforeNumbers.computeIfAbsent(new Before(missing, left, List.copyOf(at.ended)), before -> {
            befores.add(before);
            positions.add(at);
            return befores.size() - 1;
        });
    }

    private void addPlaces(List<Reached> list, BitSet places) {
        for (Reached reached : list) {
            places.set(reached.place);
            conditions.addVariables(reached.condition, places);
        }
    }

    /** Where ranges of bytes end that places read alike, 256 among them. */
    private BitSet bounds(BitSet places) {
        BitSet bounds = new BitSet();
        bounds.set(State.SPECIAL);
        for (int place : places.stream().toArray()) {
            for (int low : edges(place).lows) {
                bounds.set(low);
            }
        }
        bounds.clear(0);
        return bounds;
    }

    /** Where ranges of bytes end that lead alike behind what stands before. */
    private int[] bounds(BitSet places, int before) {
        BitSet bounds = bounds(places);
        if (before != NOWHERE) {
            int[] row = beforeRows.get(before);
            for (int value = 1; value < row.length; value++) {
                if (row[value] != row[value - 1]) {
                    bounds.set(value);
                }
            }
        }
        return bounds.stream().toArray();
    }

    /** By what stands before, the row that has read nothing. */
    private int[] starts(List<Integer> places) {
        int[] starts = new int[Math.max(1, befores.size())];
        for (int before = 0; before < starts.length; before++) {
            if (befores.isEmpty() || befores.get(before).missing == 0) {
                Walk walk = new Walk(befores.isEmpty() ? anywhere : positions.get(before), true);
                places.forEach(place -> walk.add(place, Conditions.TRUE));
                starts[before] = number(walk.row());
            } else {
                starts[before] = starts[0]; // within a character nothing begins
            }
        }
        return starts;
    }

    /** All that the rows lead to. */
    private List<int[]> rows() {
        List<int[]> next = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            budget.addStates(1);
            Row row = rows.get(i);
            BitSet places = new BitSet();
            addPlaces(row.list, places);
            int[] targets = new int[State.SPECIAL];
            int value = 0;
            for (int bound : bounds(places, row.before)) {
                Walk walk = new Walk(position(nextBefore(row.before, value)), true);
                walk.read(row.list, value);
                boolean isDead = walk.list.isEmpty() && walk.ends.isEmpty();
                Arrays.fill(targets, value, bound, isDead ? LexerTable.NONE : number(walk.row()));
                value = bound;
            }
            next.add(targets);
        }
        return next;
    }

    private int number(Row row) {
        return rowNumbers.computeIfAbsent(row, none -> {
            rows.add(row);
            return rows.size() - 1;
        });
    }

    /** What bytes leave of demands. */
    private List<int[]> demandRows() {
        List<int[]> rows = new ArrayList<>();
        for (int i = 0; i < demands.size(); i++) {
            budget.addStates(1);
            Demand demand = demands.get(i);
            BitSet places = new BitSet();
            conditions.addVariables(demand.condition, places);
            int[] row = new int[State.SPECIAL];
            int value = 0;
            for (int bound : bounds(places, demand.before)) {
                int before = nextBefore(demand.before, value);
                Arrays.fill(row, value, bound, demand(position(before).after(demand.condition, value), before));
                value = bound;
            }
            rows.add(row);
        }
        return rows;
    }

    /** The demands with which the text may end: no place leads to an end there. */
    private BitSet kept() {
        BitSet kept = new BitSet();
        for (int i = 0; i < demands.size(); i++) {
            kept.set(i, conditions.replaced(demands.get(i).condition, place -> Conditions.FALSE) == Conditions.TRUE);
        }
        return kept;
    }

    /** The minimal automaton of demands. */
    private record Obligations(int[] names, List<int[]> next, BitSet keptByEnd) {

        static Obligations of(List<int[]> rows, BitSet kept, WorkBudget budget) {
            BitSet live = leadingTo(kept, rows);
            int[] label = new int[rows.size()];
            for (int i = 0; i < label.length; i++) {
                label[i] = kept.get(i) ? 1 : 0;
            }
            int[] classes = Partition.of(rows.toArray(int[][]::new), label, budget);
            int[] names = new int[rows.size()];
            int count = 0;
            Map<Integer, Integer> numbers = new HashMap<>();
            List<int[]> next = new ArrayList<>();
            for (int i = 0; i < names.length; i++) {
                if (!live.get(i)) {
                    names[i] = LexerTable.BROKEN;
                    continue;
                }
                Integer known = numbers.get(classes[i]);
                if (known == null) {
                    known = count++;
                    numbers.put(classes[i], known);
                    next.add(rows.get(i));
                }
                names[i] = known;
            }
            BitSet keptByEnd = new BitSet();
            kept.stream().forEach(i -> keptByEnd.set(names[i]));
            return new Obligations(
                    names,
                    next.stream()
                            .map(row -> Arrays.stream(row)
                                    .map(target -> names[target])
                                    .toArray())
                            .toList(),
                    keptByEnd);
        }

        int name(int demand) {
            return names[demand];
        }

        /** The states from which some states can be reached, these among them. */
        static BitSet leadingTo(BitSet wanted, List<int[]> next) {
            List<List<Integer>> sources = new ArrayList<>();
            next.forEach(row -> sources.add(new ArrayList<>()));
            for (int from = 0; from < next.size(); from++) {
                int source = from;
                Arrays.stream(next.get(from))
                        .filter(target -> target >= 0)
                        .distinct()
                        .forEach(target -> sources.get(target).add(source));
            }
            BitSet found = (BitSet) wanted.clone();
            ArrayDeque<Integer> waiting =
                    new ArrayDeque<>(wanted.stream().boxed().toList());
            while (!waiting.isEmpty()) {
                for (int source : sources.get(waiting.remove())) {
                    if (!found.get(source)) {
                        found.set(source);
                        waiting.add(source);
                    }
                }
            }
            return found;
        }
    }
}
