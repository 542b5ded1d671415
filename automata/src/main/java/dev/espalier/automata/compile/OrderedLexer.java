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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a mode as a deterministic automaton whose states are lists of places in the order in which a backtracking search would try them. Where a place ends a
 * token, those behind it in the list are dropped that the end rules out:
 *
 * <ul>
 *   <li>with {@link Lexing#FIRST}, all of them, so that the last end on the way is the match of the search;
 *   <li>with {@link Lexing#LONGEST}, those of the same token that have passed a lazy repetition, as ANTLR's lexers do.
 * </ul>
 *
 * <p>Where rules of the lexer call each other, a place has a stack of the places to return to. A call with which its rule ends needs none, so rules that call themselves
 * there are regular. Other stacks are bounded by {@code Limits.maxLexerNesting}: a text that needs a deeper one leads to the state {@link Rows#tooDeep}.
 */
@FastPath(oracle = "OrderedLexerTest")
final class OrderedLexer {

    private static final int NO_TOKEN = -1;

    /** Edges of places that are looked at in a small step of work. */
    private static final int EDGES_A_STEP = 2;

    /** What is read at the end of the text. */
    private static final int END = State.SPECIAL;

    /** With more places than these, fewer levels are tried. */
    private static final int MOST_PLACES = 50_000;

    /** The places of a text in which calls are nested deeper than limits allow. */
    private static final List<Long> TOO_DEEP = List.of(-1L);

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

    private final Calls calls;

    /**
     * A deterministic automaton; state 0 has read nothing.
     *
     * @param next by state and byte, the next state or {@link LexerTable#NONE}
     * @param ends by state, the token that ends there, at most one
     * @param last by state, the token that ends there if the text does, at most one
     * @param tooDeep the state in which calls are nested deeper than limits allow, and from which nothing leads on; empty if there is none
     * @param behind by state, one from which the same texts lead to a token first, for what a token that ends there forbids
     * @param levels how deep rules may be in each other
     */
    record Rows(
            List<int[]> next, List<BitSet> ends, List<BitSet> last, BitSet tooDeep, List<Integer> behind, int levels) {

        /** Rows without states. */
        Rows(int levels) {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new BitSet(), new ArrayList<>(), levels);
        }

        void add(int[] targets, BitSet ending, BitSet ended) {
            next.add(targets);
            ends.add(ending);
            last.add(ended);
        }
    }

    private OrderedLexer(Lexing lexing, Map<String, Expression> fragments, int levels, WorkBudget budget) {
        this.lexing = lexing;
        this.budget = budget;
        this.nfa = new Nfa(budget);
        this.calls = new Calls(fragments, levels);
    }

    /** Whether an expression has a lazy repetition, calls a rule, or asks for the end of the text. Cost: linear in its size, parts that are shared counted once. */
    static boolean isOrdered(Expression expression) {
        return has(
                expression,
                part -> (part instanceof Expression.Repeat repeat && repeat.isLazy())
                        || part instanceof Expression.RuleReference
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
     * @param fragments the rules that tokens may call, by name
     * @throws UnsupportedFeatureException if a text is made of others by intersection or difference, or asks for the end of the text where the longest token is not
     *     taken
     */
    static Rows of(List<Token> tokens, Lexing lexing, Map<String, Expression> fragments, WorkBudget budget) {
        int levels = budget.limits().maxLexerNesting();
        while (true) {
            OrderedLexer lexer = new OrderedLexer(lexing, fragments, levels, budget);
            Optional<Rows> rows = lexer.rows(lexer.starts(tokens));
            if (rows.isPresent()) {
                return rows.get();
            }
            levels = Math.max(1, levels * 2 / 3);
        }
    }

    private int[] starts(List<Token> tokens) {
        int[] starts = new int[tokens.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = state(i);
            int end = state(i);
            ends.put(end, i);
            calls.tokenEnds.add(end);
            add(tokens.get(i).text(), starts[i], end, i);
        }
        calls.addBodies();
        return starts;
    }

    /**
     * The graph of some texts, which {@link LookingLexer} searches.
     *
     * @param starts the place where each text begins
     */
    static OrderedLexer graph(List<Expression> texts, List<Integer> starts, WorkBudget budget) {
        OrderedLexer lexer = new OrderedLexer(Lexing.FIRST, Map.of(), 0, budget);
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
        } else if (expression instanceof Expression.RuleReference reference && lexing == Lexing.LONGEST) {
            calls.add(reference.name(), from, to, token);
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
            calls.loops.put(decision, to);
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

    /** The automaton; empty if it is to be tried again with fewer levels, since there are many ways for rules to be in each other. */
    private Optional<Rows> rows(int[] starts) {
        Places first = new Places();
        for (int start : starts) {
            boolean unused = first.add(start, Calls.NONE, false, false);
        }
        List<Known> known = new ArrayList<>(List.of(new Known(first.list, false)));
        Map<Known, Integer> numbers = new HashMap<>(Map.of(known.get(0), 0));
        ToIntFunction<Known> number = of -> of.list.isEmpty()
                ? LexerTable.NONE
                : numbers.computeIfAbsent(of, none -> {
                    known.add(of);
                    return known.size() - 1;
                });
        Rows rows = new Rows(calls.levels);
        long places = 0;
        for (int i = 0; i < known.size(); i++) {
            places += calls.isNested() ? 4 + known.get(i).list.size() : 0;
            if (places > MOST_PLACES && calls.levels > 1) {
                return Optional.empty();
            }
            budget.addStates(1);
            List<Long> list = known.get(i).list;
            boolean isBehind = known.get(i).isBehind;
            int[] next = new int[State.SPECIAL];
            int value = 0;
            for (int bound : bounds(list).stream().toArray()) {
                List<Long> reached = after(list, value);
                int target = number.applyAsInt(new Known(isBehind ? calls.shallow(reached) : reached, isBehind));
                Arrays.fill(next, value, bound, target);
                value = bound;
            }
            if (list.equals(TOO_DEEP)) {
                rows.tooDeep.set(i);
            }
            BitSet ending = ending(list);
            rows.add(next, ending, last(list));
            boolean mayBeShallower = !isBehind && !ending.isEmpty() && calls.anyStack(list);
            rows.behind.add(mayBeShallower ? number.applyAsInt(new Known(calls.shallow(list), true)) : i);
        }
        return Optional.of(rows);
    }

    private static int stateOf(long place) {
        return (int) (place >> 1) & Integer.MAX_VALUE;
    }

    private static int stackOf(long place) {
        return (int) (place >> 32);
    }

    /** Where ranges of bytes end that all places of a list read alike, 256 among them. */
    private BitSet bounds(List<Long> list) {
        BitSet bounds = new BitSet();
        bounds.set(State.SPECIAL);
        if (list.equals(TOO_DEEP)) {
            return bounds;
        }
        for (long place : list) {
            for (int edge = nfa.firstEdge(stateOf(place)); edge >= 0; edge = nfa.nextEdge(edge)) {
                bounds.set(nfa.low(edge));
                bounds.set(Math.min(nfa.high(edge), END - 1) + 1);
            }
        }
        bounds.clear(0);
        return bounds;
    }

    /** What ends if the text does. It has one end, however often it is asked for. */
    private BitSet last(List<Long> list) {
        Set<List<Long>> seen = new HashSet<>();
        List<Long> reached = after(list, END);
        while (ending(reached).isEmpty() && seen.add(reached)) {
            reached = after(reached, END);
        }
        return ending(reached);
    }

    private BitSet ending(List<Long> list) {
        BitSet ending = new BitSet();
        for (long place : list) {
            int token = ends.getOrDefault(stateOf(place), NO_TOKEN);
            if (token != NO_TOKEN) {
                ending.set(token);
                break;
            }
        }
        return ending;
    }

    /** The places behind a byte. */
    private List<Long> after(List<Long> list, int value) {
        if (list.equals(TOO_DEEP)) {
            return List.of();
        }
        Places reached = new Places();
        int ended = NO_TOKEN;
        int edges = 0;
        for (long place : list) {
            int state = stateOf(place);
            int stack = stackOf(place);
            int token = tokenOf.get(state);
            boolean isLazy = (place & 1) != 0;
            if (reached.isCut) {
                break;
            } else if (isLazy && token == ended) {
                continue;
            }
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                edges++;
                if (nfa.low(edge) > value || value > nfa.high(edge)) {
                    continue;
                } else if (calls.isTooDeep(stack) && value != END) {
                    return TOO_DEEP;
                } else if (reached.add(nfa.target(edge), stack, isLazy, token == ended)) {
                    ended = token;
                    break;
                }
            }
        }
        budget.spendSteps(1 + edges / EDGES_A_STEP);
        return reached.list;
    }

    /** Places in their order, each once. */
    private final class Places {

        private final List<Long> list = new ArrayList<>();
        private final Set<Long> seen = new HashSet<>();
        private final Map<Integer, List<Integer>> stacks = new HashMap<>();
        private boolean isCut;

        /**
         * Whether there is the same state before with a stack that is the upper part of this one. Where a place that has passed a lazy repetition reaches the end of its
         * token, the other one has done so before, which rules it out.
         */
        private boolean isCovered(int state, int stack) {
            List<Integer> before = stacks.computeIfAbsent(state, none -> new ArrayList<>());
            boolean isCovered = before.stream().anyMatch(upper -> calls.isTop(upper, stack));
            before.add(stack);
            return isCovered;
        }

        /**
         * Adds a state and those that follow it without reading.
         *
         * @param stack where to return to
         * @param isLazy whether a lazy repetition was passed
         * @param hasEnded whether the same token ended before, in the order of the list
         * @return whether it has ended now
         */
        boolean add(int state, int stack, boolean isLazy, boolean hasEnded) {
            boolean passed = isLazy || lazy.get(state);
            long place = (long) stack << 32 | (long) state << 1 | (passed ? 1 : 0);
            if (isCut || !seen.add(place)) {
                return hasEnded;
            }
            if (ends.containsKey(state)) {
                list.add(place);
                isCut = lexing == Lexing.FIRST;
                return true;
            }
            if (nfa.firstEdge(state) >= 0 && !(hasEnded && passed) && !(passed && isCovered(state, stack))) {
                list.add(place);
            }
            boolean ended = hasEnded;
            for (int next : moves.get(state)) {
                ended = add(next, stack, passed, ended);
            }
            Call call = calls.at.get(state);
            if (call != null) {
                ended = add(call.start(), calls.push(stack, call), passed, ended);
            } else if (calls.returns.get(state)) {
                ended = stack == Calls.NONE
                        ? add(calls.tokenEnds.get(tokenOf.get(state)), stack, passed, ended)
                        : add(calls.target(stack), calls.parent(stack), passed, ended);
            }
            return ended;
        }
    }

    /**
     * Places of a text.
     *
     * @param isBehind whether a token has ended before, and what matters is the first end behind it only
     */
    private record Known(List<Long> list, boolean isBehind) {}

    /**
     * A call of a rule.
     *
     * @param start where the rule begins
     * @param back where to go on behind it
     * @param level 1 within a rule, 0 in the text of a token
     */
    private record Call(int start, int back, int level) {}

    /** The rules that tokens call, and the stacks of places to return to. */
    private final class Calls {

        /** The empty stack. */
        static final int NONE = 0;

        private record Body(int token, String rule) {}

        private record Ends(int start, int end) {}

        private record Stack(int parent, int target, int depth) {}

        private final Map<String, Expression> fragments;

        /** How deep rules may be in each other. */
        private final int levels;

        private final List<Integer> tokenEnds = new ArrayList<>();
        private final Map<Integer, Call> at = new HashMap<>();
        private final BitSet returns = new BitSet();
        private final Map<Integer, Integer> loops = new HashMap<>();
        private final Map<Body, Ends> bodies = new HashMap<>();
        private final ArrayDeque<Body> pending = new ArrayDeque<>();
        private final List<Stack> stacks = new ArrayList<>(List.of(new Stack(NONE, NONE, 0)));
        private final Map<Stack, Integer> numbers = new HashMap<>();

        /** Whether the bodies of rules are being added, and not the texts of tokens. */
        private boolean isInside;

        Calls(Map<String, Expression> fragments, int levels) {
            this.fragments = fragments;
            this.levels = levels;
        }

        /** Adds a call; each token has its own copies of rules. */
        void add(String rule, int from, int to, int token) {
            Body body = new Body(token, rule);
            Ends ends = bodies.computeIfAbsent(body, none -> {
                pending.add(body);
                return new Ends(state(token), state(token));
            });
            int call = state(token);
            move(from, call);
            at.put(call, new Call(ends.start, to, isInside ? 1 : 0));
        }

        /** Adds the bodies of all rules that are called. */
        void addBodies() {
            isInside = true;
            while (!pending.isEmpty()) {
                Body body = pending.remove();
                Ends of = Objects.requireNonNull(bodies.get(body));
                returns.set(of.end);
                OrderedLexer.this.add(Objects.requireNonNull(fragments.get(body.rule)), of.start, of.end, body.token);
            }
        }

        /** Where the only way on from a state leads. */
        private int settled(int state) {
            int at = state;
            while (nfa.firstEdge(at) < 0 && moves.get(at).size() == 1 && !lazy.get(at) && !this.at.containsKey(at)) {
                at = moves.get(at).get(0);
            }
            return at;
        }

        private boolean isEnd(int state) {
            return returns.get(state) || ends.containsKey(state);
        }

        /**
         * The stack within a rule that is called. It does not grow where nothing comes behind the call, nor where what comes behind it is a loop at the end of a rule, and so
         * was what comes behind the call before.
         */
        int push(int stack, Call call) {
            int back = settled(call.back);
            Integer end = loops.get(back);
            boolean isSame = end != null && isEnd(settled(end)) && stack != NONE && target(stack) == back;
            if (isEnd(back) || isSame) {
                return stack;
            }
            Stack pushed = new Stack(stack, back, stacks.get(stack).depth + call.level);
            if (pushed.depth > levels + 2 + bodies.size()) {
                throw new UnsupportedFeatureException(
                        "recursion", "a rule of the lexer begins with itself", Place.UNKNOWN);
            }
            return numbers.computeIfAbsent(pushed, none -> {
                stacks.add(pushed);
                return stacks.size() - 1;
            });
        }

        int target(int stack) {
            return stacks.get(stack).target;
        }

        int parent(int stack) {
            return stacks.get(stack).parent;
        }

        /** Whether some call has been within another. */
        boolean isNested() {
            return stacks.size() > 1;
        }

        /** Whether a stack is the upper part of another. */
        boolean isTop(int upper, int stack) {
            int a = upper;
            int b = stack;
            while (a != NONE && b != NONE && a != b && target(a) == target(b)) {
                a = parent(a);
                b = parent(b);
            }
            return a == NONE || a == b;
        }

        boolean anyStack(List<Long> list) {
            return list.stream().anyMatch(place -> stackOf(place) > NONE);
        }

        /** The places from which each text leads to a token first, in no order: those of which a stack is not the upper part of another's. */
        List<Long> shallow(List<Long> list) {
            return list.stream()
                    .filter(place -> list.stream()
                            .noneMatch(other -> stateOf(other) == stateOf(place)
                                    && stackOf(other) != stackOf(place)
                                    && isTop(stackOf(other), stackOf(place))))
                    .filter(place -> (place & 1) != 0 || !list.contains(place | 1))
                    .sorted()
                    .toList();
        }

        /** Whether a rule is deeper in others than limits allow. One level more is kept, so that it counts only once something of the next is read. */
        boolean isTooDeep(int stack) {
            return stacks.get(stack).depth > levels + 1;
        }
    }
}
