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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way from the tokens of a grammar to the tables of its lexer: all kinds of tokens as one deterministic automaton. */
final class LexerCompiler {

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
        int modes = grammar.modes().size();
        int[] starts = IntStream.range(0, compiler.blocks == null ? modes : 2 * modes)
                .map(compiler::addMode)
                .toArray();
        boolean isCommitted = grammar.lexing() == LexedGrammar.Lexing.COMMITTED;
        if (compiler.last.stream().anyMatch(set -> !set.isEmpty())) {
            starts = Arrays.copyOf(starts, starts.length + 1);
            starts[starts.length - 1] = compiler.next.size();
            compiler.add(deadRow(), Set.of(), Set.of()); // the mode behind the end of the text
        }
        LexerTable.Rows rows =
                new LexerTable.Rows(compiler.next, compiler.endings, compiler.last, starts, compiler.behind);
        return new Compiled(LexerTable.of(rows, isCommitted, budget), compiler.levels);
    }

    private void add(int[] targets, Set<LexerTable.Ending> ending, Set<LexerTable.Ending> ended) {
        behind.add(next.size());
        next.add(targets);
        endings.add(ending);
        last.add(ended);
    }

    /** Adds the states of a mode; the number of its start. With indentation, the modes between brackets come behind all others. */
    private int addMode(int number) {
        int modes = grammar.modes().size();
        List<LexedGrammar.Token> mode = grammar.modes().get(number % modes).stream()
                .filter(token -> !token.isPart())
                .toList();
        int start = next.size();
        boolean isFirst = grammar.lexing() == LexedGrammar.Lexing.FIRST;
        List<LexedGrammar.Token> searched = isFirst ? withoutCopies(mode) : mode;
        OrderedLexer.Rows rows = rows(searched);
        if (!rows.tooDeep().isEmpty()) {
            levels = OptionalInt.of(Math.min(rows.levels(), levels.orElse(rows.levels())));
        }
        rows.ends().get(0).stream().forEach(token -> refuseEmpty(searched.get(token)));
        rows.last().get(0).stream()
                .mapToObj(searched::get)
                .filter(token -> !token.isSkipped())
                .forEach(LexerCompiler::refuseEmpty);
        if (mode.stream().anyMatch(token -> !token.keywords().isEmpty())) {
            addWithKeywords(number, mode, searched, rows);
            return start;
        }
        for (int i = 0; i < rows.next().size(); i++) {
            BitSet ending = rows.ends().get(i);
            add(
                    Arrays.stream(rows.next().get(i))
                            .map(target -> target < 0 ? LexerTable.NONE : start + target)
                            .toArray(),
                    rows.tooDeep().get(i)
                            ? Set.of(new LexerTable.Ending(LexerTable.REFUSED, 0))
                            : endings(isFirst ? found(mode, searched, ending) : taken(mode, ending), number),
                    ended(mode, rows.last().get(i), number));
            behind.set(start + i, start + rows.behind().get(i));
        }
        last.set(start, Set.of()); // a skipped token that reads nothing, which makes no difference
        return start;
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

    /** The tokens of a mode that have the text of the one that was found. */
    private static List<LexedGrammar.Token> found(
            List<LexedGrammar.Token> mode, List<LexedGrammar.Token> searched, BitSet ending) {
        return ending.isEmpty() ? List.of() : sameAs(mode, searched.get(ending.nextSetBit(0)));
    }

    private static List<LexedGrammar.Token> sameAs(List<LexedGrammar.Token> tokens, LexedGrammar.Token token) {
        return tokens.stream()
                .filter(other -> other.text().equals(token.text()))
                .toList();
    }

    private List<LexedGrammar.Token> taken(List<LexedGrammar.Token> mode, BitSet ending) {
        long limit = grammar.lexing() == LexedGrammar.Lexing.COMMITTED ? ending.cardinality() : 1;
        return ending.stream().limit(limit).mapToObj(mode::get).toList();
    }

    /** Adds the states of a mode beside those of its keywords: a state knows which keywords the text is so far. */
    private void addWithKeywords(
            int number, List<LexedGrammar.Token> mode, List<LexedGrammar.Token> searched, OrderedLexer.Rows rows) {
        record Pair(int row, int keywords) {}
        List<LexedGrammar.Token> keywords = withoutCopies(
                mode.stream().flatMap(token -> token.keywords().stream()).toList());
        OrderedLexer.Rows beside = unordered(keywords);
        int start = next.size();
        List<Pair> known = new ArrayList<>(List.of(new Pair(0, 0)));
        Map<Pair, Integer> numbers = new HashMap<>(Map.of(known.get(0), 0));
        for (int i = 0; i < known.size(); i++) {
            budget.addStates(1);
            Pair pair = known.get(i);
            int[] targets = deadRow();
            for (int value = 0; value < targets.length; value++) {
                int row = rows.next().get(pair.row)[value];
                if (row >= 0) {
                    int keyword =
                            pair.keywords < 0 ? LexerTable.NONE : beside.next().get(pair.keywords)[value];
                    Pair reached = new Pair(row, keyword);
                    targets[value] = start
                            + numbers.computeIfAbsent(reached, none -> {
                                known.add(reached);
                                return known.size() - 1;
                            });
                }
            }
            List<LexedGrammar.Token> found = found(mode, searched, rows.ends().get(pair.row));
            List<Expression> texts = pair.keywords < 0
                    ? List.of()
                    : beside.ends().get(pair.keywords).stream()
                            .mapToObj(keywords::get)
                            .map(LexedGrammar.Token::text)
                            .toList();
            add(targets, endings(renamed(found, texts), number), Set.of());
        }
    }

    /** The keyword that a token is, if its text is one. */
    private static List<LexedGrammar.Token> renamed(List<LexedGrammar.Token> found, List<Expression> texts) {
        List<LexedGrammar.Token> keywords =
                found.isEmpty() ? List.of() : found.get(0).keywords();
        return keywords.stream()
                .filter(keyword -> texts.contains(keyword.text()))
                .findFirst()
                .map(keyword -> sameAs(keywords, keyword))
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
        return tokens.stream().flatMap(token -> endings(token, mode)).collect(Collectors.toUnmodifiableSet());
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
