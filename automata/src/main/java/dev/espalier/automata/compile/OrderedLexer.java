// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.nfa.Utf8Fragment;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.LexedGrammar.Lexing;
import dev.espalier.grammar.LexedGrammar.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a mode as a deterministic automaton whose states are lists of places in the order in which a backtracking search would try them. Where a place ends a
 * token, those behind it in the list are dropped that the end rules out:
 *
 * <ul>
 *   <li>with {@link Lexing#FIRST}, all of them, so that the last end on the way is the match of the search;
 *   <li>with {@link Lexing#LONGEST}, those of the same token that have passed a lazy repetition, as ANTLR's lexers do.
 * </ul>
 */
@FastPath(oracle = "OrderedLexerTest")
final class OrderedLexer {

    private static final int NO_TOKEN = -1;

    /** What is read at the end of the text. */
    private static final int END = State.SPECIAL;

    private final Lexing lexing;
    private final WorkBudget budget;
    private final Nfa nfa;
    private final List<List<Integer>> moves = new ArrayList<>();
    private final BitSet lazy = new BitSet();
    private final List<Integer> tokenOf = new ArrayList<>();
    private final Map<Integer, Integer> ends = new HashMap<>();
    private final Map<Integer, Look> looks = new HashMap<>();
    private final List<Integer> behinds = new ArrayList<>();

    /**
     * What a place asks of the text around it.
     *
     * @param body where the texts begin that are looked for; of what stands before, the number of the look-behind
     */
    record Look(boolean isBehind, boolean isNegative, int body, int next) {}

    /**
     * A deterministic automaton; state 0 has read nothing.
     *
     * @param next by state and byte, the next state or {@link LexerTable#NONE}
     * @param ends by state, the token that ends there, at most one
     * @param last by state, the token that ends there if the text does, at most one
     */
    record Rows(List<int[]> next, List<BitSet> ends, List<BitSet> last) {

        /** Rows without states. */
        Rows() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(int[] targets, BitSet ending, BitSet ended) {
            next.add(targets);
            ends.add(ending);
            last.add(ended);
        }
    }

    private OrderedLexer(Lexing lexing, WorkBudget budget) {
        this.lexing = lexing;
        this.budget = budget;
        this.nfa = new Nfa(budget);
    }

    /** Whether an expression has a lazy repetition, or asks for the end of the text. Cost: linear in its size, parts that are shared counted once. */
    static boolean isOrdered(Expression expression) {
        return has(
                expression,
                part -> (part instanceof Expression.Repeat repeat && repeat.isLazy())
                        || part.equals(LexedGrammar.END_OF_TEXT),
                new HashSet<>());
    }

    /** Whether an expression asks for what stands around a place. Cost: linear in its size, parts that are shared counted once. */
    static boolean looksAround(Expression expression) {
        return has(expression, Expression.Look.class::isInstance, new HashSet<>());
    }

    private static boolean has(Expression expression, Predicate<Expression> wanted, Set<Expression> seen) {
        if (!seen.add(expression)) {
            return false;
        } else if (wanted.test(expression)) {
            return true;
        } else if (expression instanceof Expression.Repeat repeat) {
            return has(repeat.item(), wanted, seen);
        } else if (expression instanceof Expression.Sequence sequence) {
            return sequence.items().stream().anyMatch(item -> has(item, wanted, seen));
        }
        return expression instanceof Expression.Choice choice
                && choice.alternatives().stream().anyMatch(item -> has(item, wanted, seen));
    }

    /**
     * The automaton of the tokens of one mode.
     *
     * @throws UnsupportedFeatureException if a text is made of others by intersection or difference, or asks for the end of the text where the longest token is not
     *     taken
     */
    static Rows of(List<Token> tokens, Lexing lexing, WorkBudget budget) {
        OrderedLexer lexer = new OrderedLexer(lexing, budget);
        int[] starts = new int[tokens.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = lexer.state(i);
            int end = lexer.state(i);
            lexer.ends.put(end, i);
            lexer.add(tokens.get(i).text(), starts[i], end, i);
        }
        return lexer.rows(starts);
    }

    /**
     * The graph of some texts, which {@link LookingLexer} searches.
     *
     * @param starts the place where each text begins
     */
    static OrderedLexer graph(List<Expression> texts, List<Integer> starts, WorkBudget budget) {
        OrderedLexer lexer = new OrderedLexer(Lexing.FIRST, budget);
        for (int i = 0; i < texts.size(); i++) {
            starts.add(lexer.state(i));
            int end = lexer.state(i);
            lexer.ends.put(end, i);
            lexer.add(texts.get(i), starts.get(i), end, i);
        }
        return lexer;
    }

    Nfa nfa() {
        return nfa;
    }

    /** Where a place leads without reading, in the order in which that is tried. */
    List<Integer> moves(int state) {
        return moves.get(state);
    }

    /** What a place asks of the text around it. */
    @Nullable
    Look look(int state) {
        return looks.get(state);
    }

    /** The places where look-behinds begin, by number; those inside others come before them. */
    List<Integer> behinds() {
        return behinds;
    }

    /** The text that ends at a place, or something below 0 that ends a look; null if nothing does. */
    @Nullable
    Integer end(int state) {
        return ends.get(state);
    }

    private int state(int token) {
        int state = nfa.addState();
        addOwner(token);
        return state;
    }

    /** Says which token the states are of that were added last. */
    private void addOwner(int token) {
        while (tokenOf.size() < nfa.states()) {
            tokenOf.add(token);
            moves.add(new ArrayList<>());
        }
    }

    private void move(int from, int to) {
        moves.get(from).add(to);
    }

    private void add(Expression expression, int from, int to, int token) {
        budget.step();
        if (expression instanceof Expression.Literal literal) {
            addLiteral(literal, from, to, token);
        } else if (expression instanceof Expression.CharacterClass members) {
            int begin = state(token);
            move(from, begin);
            Utf8Fragment.add(nfa, begin, to, members.members());
            addOwner(token);
        } else if (expression instanceof Expression.Sequence sequence) {
            int at = from;
            for (Expression item : sequence.items()) {
                int next = state(token);
                add(item, at, next, token);
                at = next;
            }
            move(at, to);
        } else if (expression instanceof Expression.Choice choice) {
            for (Expression alternative : choice.alternatives()) {
                int begin = state(token);
                move(from, begin);
                add(alternative, begin, to, token);
            }
        } else if (expression instanceof Expression.Repeat repeat) {
            addRepeat(repeat, from, to, token);
        } else if (expression.equals(LexedGrammar.END_OF_TEXT) && lexing == Lexing.LONGEST) {
            int begin = state(token);
            move(from, begin);
            nfa.addRange(begin, END, END, to);
        } else if (expression instanceof Expression.Look look && lexing == Lexing.FIRST) {
            int body = state(token);
            int end = state(token);
            ends.put(end, NO_TOKEN);
            add(look.body(), body, end, token);
            if (look.isBehind()) {
                behinds.add(body);
            }
            int asked = state(token);
            move(from, asked);
            looks.put(
                    asked,
                    new Look(look.isBehind(), look.isNegative(), look.isBehind() ? behinds.size() - 1 : body, to));
        } else {
            String what = expression.getClass().getSimpleName();
            throw new UnsupportedFeatureException(
                    what, "a token whose parts are tried in order has an " + what, Place.UNKNOWN);
        }
    }

    private void addLiteral(Expression.Literal literal, int from, int to, int token) {
        int at = state(token);
        move(from, at);
        for (int i = 0; i < literal.bytes().length(); i++) {
            int next = state(token);
            int value = literal.bytes().at(i) & 0xff;
            nfa.addRange(at, value, value, next);
            at = next;
        }
        move(at, to);
    }

    /** What must come, one after the other, and behind it a loop, or what may come. */
    private void addRepeat(Expression.Repeat repeat, int from, int to, int token) {
        boolean isUnbounded = repeat.max() == Expression.UNBOUNDED;
        int at = from;
        for (int i = isUnbounded ? 1 : 0; i < repeat.min(); i++) {
            int next = state(token);
            add(repeat.item(), at, next, token);
            at = next;
        }
        if (isUnbounded) {
            int begin = state(token);
            int decision = state(token);
            move(at, repeat.min() > 0 ? begin : decision);
            decide(repeat, decision, begin, to);
            add(repeat.item(), begin, decision, token);
            return;
        }
        for (int i = repeat.min(); i < repeat.max(); i++) {
            int decision = state(token);
            int begin = state(token);
            int next = state(token);
            move(at, decision);
            decide(repeat, decision, begin, to);
            add(repeat.item(), begin, next, token);
            at = next;
        }
        move(at, to);
    }

    /** Goes on or ends: what is tried first says whether the repetition is lazy. */
    private void decide(Expression.Repeat repeat, int decision, int more, int end) {
        if (repeat.isLazy()) {
            lazy.set(decision);
            move(decision, end);
            move(decision, more);
        } else {
            move(decision, more);
            move(decision, end);
        }
    }

    private Rows rows(int[] starts) {
        Places first = new Places();
        for (int start : starts) {
            boolean unused = first.add(start, false, false);
        }
        List<List<Integer>> known = new ArrayList<>(List.of(first.list));
        Map<List<Integer>, Integer> numbers = new HashMap<>(Map.of(first.list, 0));
        Rows rows = new Rows();
        for (int i = 0; i < known.size(); i++) {
            budget.addStates(1);
            List<Integer> list = known.get(i);
            int[] next = new int[State.SPECIAL];
            int value = 0;
            for (int bound : bounds(list).stream().toArray()) {
                List<Integer> reached = after(list, value);
                int target = reached.isEmpty()
                        ? LexerTable.NONE
                        : numbers.computeIfAbsent(reached, none -> {
                            known.add(reached);
                            return known.size() - 1;
                        });
                Arrays.fill(next, value, bound, target);
                value = bound;
            }
            rows.add(next, ending(list), last(list));
        }
        return rows;
    }

    /** Where ranges of bytes end that all places of a list read alike, 256 among them. */
    private BitSet bounds(List<Integer> list) {
        BitSet bounds = new BitSet();
        bounds.set(State.SPECIAL);
        for (int place : list) {
            for (int edge = nfa.firstEdge(place >> 1); edge >= 0; edge = nfa.nextEdge(edge)) {
                bounds.set(nfa.low(edge));
                bounds.set(Math.min(nfa.high(edge), END - 1) + 1);
            }
        }
        bounds.clear(0);
        return bounds;
    }

    /** What ends if the text does. It has one end, however often it is asked for. */
    private BitSet last(List<Integer> list) {
        Set<List<Integer>> seen = new HashSet<>();
        List<Integer> reached = after(list, END);
        while (ending(reached).isEmpty() && seen.add(reached)) {
            reached = after(reached, END);
        }
        return ending(reached);
    }

    private BitSet ending(List<Integer> list) {
        BitSet ending = new BitSet();
        for (int place : list) {
            int token = ends.getOrDefault(place >> 1, NO_TOKEN);
            if (token != NO_TOKEN) {
                ending.set(token);
                break;
            }
        }
        return ending;
    }

    /** The places behind a byte. */
    private List<Integer> after(List<Integer> list, int value) {
        Places reached = new Places();
        int ended = NO_TOKEN;
        for (int place : list) {
            int state = place >> 1;
            int token = tokenOf.get(state);
            boolean isLazy = (place & 1) != 0;
            if (reached.isCut) {
                break;
            } else if (isLazy && token == ended) {
                continue;
            }
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                budget.step();
                if (nfa.low(edge) <= value
                        && value <= nfa.high(edge)
                        && reached.add(nfa.target(edge), isLazy, token == ended)) {
                    ended = token;
                    break;
                }
            }
        }
        return reached.list;
    }

    /** Places in their order, each once. */
    private final class Places {

        private final List<Integer> list = new ArrayList<>();
        private final Set<Integer> seen = new HashSet<>();
        private boolean isCut;

        /**
         * Adds a state and those that follow it without reading.
         *
         * @param isLazy whether a lazy repetition was passed
         * @param hasEnded whether the same token ended before, in the order of the list
         * @return whether it has ended now
         */
        boolean add(int state, boolean isLazy, boolean hasEnded) {
            boolean passed = isLazy || lazy.get(state);
            int place = state << 1 | (passed ? 1 : 0);
            if (isCut || !seen.add(place)) {
                return hasEnded;
            }
            if (ends.containsKey(state)) {
                list.add(place);
                isCut = lexing == Lexing.FIRST;
                return true;
            }
            if (nfa.firstEdge(state) >= 0 && !(hasEnded && passed)) {
                list.add(place);
            }
            boolean ended = hasEnded;
            for (int next : moves.get(state)) {
                ended = add(next, passed, ended);
            }
            return ended;
        }
    }
}
