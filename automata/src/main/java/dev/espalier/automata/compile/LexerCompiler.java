// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.nfa.Lengths;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.rule.Frames;
import dev.espalier.automata.rule.RuleFrame;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way from the tokens of a grammar to the tables of its lexer: all kinds of tokens as one deterministic automaton. */
final class LexerCompiler {

    /** Units of work for the next states of a state, one for each byte. */
    private static final int UNITS_A_ROW = 16;

    private final LexedGrammar grammar;
    private final Map<String, Integer> kinds;
    private final @Nullable BlockTokens blocks;
    private final WorkBudget budget;
    private final List<int[]> next = new ArrayList<>();
    private final List<Set<LexerTable.Ending>> endings = new ArrayList<>();
    private final List<Set<LexerTable.Ending>> last = new ArrayList<>();
    private final List<Integer> behind = new ArrayList<>();
    private OptionalInt levels = OptionalInt.empty();

    private LexerCompiler(LexedGrammar grammar, WorkBudget budget) {
        this.grammar = grammar;
        this.kinds = TokenGraph.kinds(grammar);
        this.blocks =
                grammar.indentation().map(made -> BlockTokens.of(made, kinds)).orElse(null);
        this.budget = budget;
    }

    /**
     * The tables of a grammar's lexer, with kinds as {@link TokenGraph#kinds}.
     *
     * @throws UnsupportedFeatureException if a token may be empty, or is not regular
     */
    static LexerTable compile(LexedGrammar grammar, WorkBudget budget) {
        return compiled(grammar, budget).table;
    }

    /**
     * The tables of a lexer.
     *
     * @param levels how deep rules may be in each other; empty where they are nowhere, or as deep as they like
     */
    record Compiled(LexerTable table, OptionalInt levels) {}

    /** The same as {@link #compile}, with what is bounded. */
    static Compiled compiled(LexedGrammar grammar, WorkBudget budget) {
        LexerCompiler compiler = new LexerCompiler(grammar, budget);
        List<List<LexedGrammar.Token>> modes = grammar.modes().stream()
                .map(mode -> mode.stream().filter(token -> !token.isPart()).toList())
                .toList();
        boolean isFirst = grammar.lexing() == LexedGrammar.Lexing.FIRST;
        boolean looks = isFirst
                && modes.stream().flatMap(List::stream).anyMatch(token -> OrderedLexer.looksAround(token.text()));
        LookingLexer.@Nullable Lexed lexed = looks
                ? LookingLexer.of(
                        modes.stream().map(LexerCompiler::withoutCopies).toList(), budget)
                : null;
        List<int[]> starts = new ArrayList<>();
        for (int number = 0; number < (compiler.blocks == null ? 1 : 2) * modes.size(); number++) {
            List<LexedGrammar.Token> mode = modes.get(number % modes.size());
            starts.add(
                    lexed == null
                            ? compiler.addMode(number, mode)
                            : compiler.addRows(number, mode, lexed.modes().get(number % modes.size())));
        }
        boolean isCommitted = grammar.lexing() == LexedGrammar.Lexing.COMMITTED;
        if (compiler.last.stream().anyMatch(set -> !set.isEmpty())) {
            starts.add(new int[] {compiler.next.size()});
            compiler.add(deadRow(), Set.of(), Set.of()); // the mode behind the end of the text
        }
        LexerTable.Rows rows =
                new LexerTable.Rows(compiler.next, compiler.endings, compiler.last, starts, compiler.behind);
        LexerTable table =
                lexed == null ? LexerTable.of(rows, isCommitted, budget) : LexerTable.of(rows, lexed.around(), budget);
        return new Compiled(table, compiler.levels);
    }

    private void add(int[] targets, Set<LexerTable.Ending> ending, Set<LexerTable.Ending> ended) {
        behind.add(next.size());
        next.add(targets);
        endings.add(ending);
        last.add(ended);
    }

    /** Adds the states of a mode; its starts. With indentation, the modes between brackets come behind all others. */
    private int[] addMode(int number, List<LexedGrammar.Token> mode) {
        boolean isFirst = grammar.lexing() == LexedGrammar.Lexing.FIRST;
        List<LexedGrammar.Token> searched = isFirst ? withoutCopies(mode) : mode;
        OrderedLexer.Rows rows = rows(searched);
        if (isFirst) {
            List<List<LookingLexer.End>> ends = rows.ends().stream()
                    .map(ending -> ending.stream()
                            .mapToObj(token -> new LookingLexer.End(token, LexerTable.FREE))
                            .toList())
                    .toList();
            List<Expression> texts =
                    searched.stream().map(LexedGrammar.Token::text).toList();
            return addRows(number, mode, new LookingLexer.Rows(texts, rows.next(), ends, new int[] {0}));
        }
        int start = next.size();
        if (!rows.tooDeep().isEmpty()) {
            levels = OptionalInt.of(Math.min(rows.levels(), levels.orElse(rows.levels())));
        }
        rows.ends().get(0).stream().forEach(token -> refuseEmpty(searched.get(token)));
        rows.last().get(0).stream()
                .mapToObj(searched::get)
                .filter(token -> !token.isSkipped())
                .forEach(LexerCompiler::refuseEmpty);
        for (int i = 0; i < rows.next().size(); i++) {
            add(
                    moved(rows.next().get(i), start),
                    rows.tooDeep().get(i)
                            ? Set.of(new LexerTable.Ending(LexerTable.REFUSED, 0))
                            : endings(taken(mode, rows.ends().get(i)), number),
                    ended(mode, rows.last().get(i), number));
            behind.set(start + i, start + rows.behind().get(i));
        }
        last.set(start, Set.of()); // a skipped token that reads nothing, which makes no difference
        return new int[] {start};
    }

    private static int[] moved(int[] targets, int by) {
        return Arrays.stream(targets)
                .map(target -> target < 0 ? LexerTable.NONE : by + target)
                .toArray();
    }

    private static void refuseEmpty(LexedGrammar.Token token) {
        throw new UnsupportedFeatureException(
                token.name(), "the token \"" + token.name() + "\" may be empty", Place.UNKNOWN);
    }

    /** What a text is that is the last one. */
    private Set<LexerTable.Ending> ended(List<LexedGrammar.Token> mode, BitSet ending, int number) {
        if (blocks != null && !ending.isEmpty()) {
            String name = mode.get(ending.nextSetBit(0)).name();
            throw new UnsupportedFeatureException(
                    name, "the token \"" + name + "\" asks for the end of a text with indentation", Place.UNKNOWN);
        }
        int behind = grammar.modes().size();
        return endings(taken(mode, ending), number).stream()
                .map(each -> new LexerTable.Ending(each.kind(), behind))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tokens of which no two have the same text. */
    private static List<LexedGrammar.Token> withoutCopies(List<LexedGrammar.Token> tokens) {
        Set<Expression> seen = new HashSet<>();
        return tokens.stream().filter(token -> seen.add(token.text())).toList();
    }

    private static List<LexedGrammar.Token> sameAs(List<LexedGrammar.Token> tokens, Expression text) {
        return tokens.stream().filter(other -> other.text().equals(text)).toList();
    }

    private List<LexedGrammar.Token> taken(List<LexedGrammar.Token> mode, BitSet ending) {
        long limit = grammar.lexing() == LexedGrammar.Lexing.COMMITTED ? ending.cardinality() : 1;
        return ending.stream().limit(limit).mapToObj(mode::get).toList();
    }

    /** Adds the states of a mode whose first tokens are taken, beside those of its keywords: a state knows which keywords the text is so far. */
    private int[] addRows(int number, List<LexedGrammar.Token> mode, LookingLexer.Rows rows) {
        record Pair(int row, int keywords) {}
        Map<Integer, List<LexedGrammar.Token>> byText = new HashMap<>();
        IntFunction<List<LexedGrammar.Token>> tokens = text ->
                byText.computeIfAbsent(text, none -> sameAs(mode, rows.texts().get(text)));
        for (int start : rows.starts()) {
            rows.ends()
                    .get(start)
                    .forEach(end -> refuseEmpty(tokens.apply(end.text()).get(0)));
        }
        List<LexedGrammar.Token> keywords = withoutCopies(
                mode.stream().flatMap(token -> token.keywords().stream()).toList());
        OrderedLexer.Rows beside = unordered(keywords);
        int start = next.size();
        List<Pair> known = new ArrayList<>();
        Map<Pair, Integer> numbers = new HashMap<>();
        ToIntFunction<Pair> numbered = pair -> start
                + numbers.computeIfAbsent(pair, none -> {
                    known.add(pair);
                    return known.size() - 1;
                });
        int[] starts = Arrays.stream(rows.starts())
                .map(row -> numbered.applyAsInt(new Pair(row, keywords.isEmpty() ? LexerTable.NONE : 0)))
                .toArray();
        for (int i = 0; i < known.size(); i++) {
            budget.addStates(1);
            budget.spend(UNITS_A_ROW);
            Pair pair = known.get(i);
            int[] targets = deadRow();
            for (int value = 0; value < targets.length; value++) {
                int row = rows.next().get(pair.row)[value];
                if (row >= 0) {
                    int keyword =
                            pair.keywords < 0 ? LexerTable.NONE : beside.next().get(pair.keywords)[value];
                    targets[value] = numbered.applyAsInt(new Pair(row, keyword));
                }
            }
            List<Expression> texts = pair.keywords < 0
                    ? List.of()
                    : beside.ends().get(pair.keywords).stream()
                            .mapToObj(keywords::get)
                            .map(LexedGrammar.Token::text)
                            .toList();
            Set<LexerTable.Ending> all = new HashSet<>();
            for (LookingLexer.End end : rows.ends().get(pair.row)) {
                List<LexedGrammar.Token> found = renamed(tokens.apply(end.text()), texts);
                all.addAll(endings(found, number, end.obligation()));
            }
            add(targets, Set.copyOf(all), Set.of());
        }
        return starts;
    }

    /** The keyword that a token is, if its text is one. */
    private static List<LexedGrammar.Token> renamed(List<LexedGrammar.Token> found, List<Expression> texts) {
        List<LexedGrammar.Token> keywords =
                found.isEmpty() ? List.of() : found.get(0).keywords();
        return keywords.stream()
                .filter(keyword -> texts.contains(keyword.text()))
                .findFirst()
                .map(keyword -> sameAs(keywords, keyword.text()))
                .orElse(found);
    }

    private OrderedLexer.Rows rows(List<LexedGrammar.Token> mode) {
        boolean isOrdered = grammar.lexing() == LexedGrammar.Lexing.FIRST
                || mode.stream().anyMatch(token -> OrderedLexer.isOrdered(token.text()));
        if (isOrdered) {
            return OrderedLexer.of(mode, grammar.lexing(), grammar.fragments(), budget);
        }
        return unordered(mode);
    }

    /** The automaton of tokens whose parts have no order; all tokens that end somewhere do. */
    private OrderedLexer.Rows unordered(List<LexedGrammar.Token> mode) {
        OrderedLexer.Rows rows = new OrderedLexer.Rows(0);
        if (mode.isEmpty()) {
            rows.behind().add(0);
            rows.add(deadRow(), new BitSet(), new BitSet());
            return rows;
        }
        Marked marked = marked(mode);
        List<Integer> known = new ArrayList<>(List.of(marked.rows.startRow(false)));
        Map<Integer, Integer> numbers = new HashMap<>(Map.of(known.get(0), 0));
        for (int i = 0; i < known.size(); i++) {
            budget.addStates(1);
            budget.spend(UNITS_A_ROW);
            int row = known.get(i);
            int[] targets = deadRow();
            for (int value = 0; value < targets.length; value++) {
                int reached = marked.rows.next(row, value);
                if (reached >= 0) {
                    targets[value] = numbers.computeIfAbsent(reached, none -> {
                        known.add(reached);
                        return known.size() - 1;
                    });
                }
            }
            BitSet ending = new BitSet();
            marked.rows.specials(row).forEach(symbol -> ending.set(marked.tokens[symbol - State.SPECIAL]));
            rows.behind().add(i);
            rows.add(targets, ending, new BitSet());
        }
        return rows;
    }

    private static int[] deadRow() {
        int[] row = new int[State.SPECIAL];
        Arrays.fill(row, LexerTable.NONE);
        return row;
    }

    /** What a text is that is any of some tokens. */
    private Set<LexerTable.Ending> endings(List<LexedGrammar.Token> tokens, int mode) {
        return endings(tokens, mode, LexerTable.FREE);
    }

    private Set<LexerTable.Ending> endings(List<LexedGrammar.Token> tokens, int mode, int obligation) {
        return tokens.stream()
                .flatMap(token -> endings(token, mode))
                .map(ending -> new LexerTable.Ending(ending.kind(), ending.mode(), obligation))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<LexerTable.Ending> endings(LexedGrammar.Token token, int mode) {
        boolean isBetween = mode >= grammar.modes().size();
        int between = grammar.modes().size() + token.next();
        int same = isBetween ? between : token.next();
        if (token.isSkipped()) {
            return Stream.of(new LexerTable.Ending(LexerTable.SKIPPED, same));
        }
        int kind = Objects.requireNonNull(kinds.get(token.name()));
        if (blocks == null) {
            return Stream.of(new LexerTable.Ending(kind, same));
        } else if (blocks.newlines().contains(kind) && isBetween) {
            return Stream.of(new LexerTable.Ending(LexerTable.SKIPPED, mode));
        } else if (blocks.opening().contains(kind)) {
            return Stream.of(new LexerTable.Ending(kind, between));
        }
        Integer last = blocks.closing().get(kind);
        return last == null
                ? Stream.of(new LexerTable.Ending(kind, same))
                : Stream.of(new LexerTable.Ending(kind, between), new LexerTable.Ending(last, token.next()));
    }

    /**
     * The tokens of a mode, each followed by a symbol that says which it is.
     *
     * @param rows their determinised rows
     * @param tokens by symbol, the token
     */
    private record Marked(RuleFrame rows, int[] tokens) {}

    private Marked marked(List<LexedGrammar.Token> mode) {
        List<Expression> marked = new ArrayList<>();
        for (int i = 0; i < mode.size(); i++) {
            Expression mark = new Expression.SpecialToken("", i);
            marked.add(Expression.Sequence.of(mode.get(i).text(), mark));
        }
        Grammar all = Grammar.of(new Expression.Choice(marked));
        ExpressionCompiler compiled = new ExpressionCompiler(all, Map.of(), true, budget);
        RuleGraph graph = compiled.graph();
        if (graph.callees().size() > 1) {
            throw new UnsupportedFeatureException(
                    "tokens", "a token counts further than limits allow, or is not regular", Place.UNKNOWN);
        }
        Frames frames = new Frames(graph, new Lengths(graph, budget), budget);
        return new Marked(
                new RuleFrame(frames, graph.ends().get(0)[0], graph.ends().get(0)[1]),
                compiled.specialTokens().stream()
                        .mapToInt(token -> ((Expression.SpecialToken) token).id())
                        .toArray());
    }
}
