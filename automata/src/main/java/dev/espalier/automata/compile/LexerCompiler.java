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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private LexerCompiler(LexedGrammar grammar, WorkBudget budget) {
        this.grammar = grammar;
        this.kinds = TokenGraph.kinds(grammar);
        this.blocks = grammar.indentation().map(made -> BlockTokens.of(made, kinds)).orElse(null);
        this.budget = budget;
    }

    /**
     * The tables of a grammar's lexer, with kinds as {@link TokenGraph#kinds}.
     *
     * @throws UnsupportedFeatureException if a token may be empty, or is not regular
     */
    static LexerTable compile(LexedGrammar grammar, WorkBudget budget) {
        LexerCompiler compiler = new LexerCompiler(grammar, budget);
        int modes = grammar.modes().size();
        int[] starts = IntStream.range(0, compiler.blocks == null ? modes : 2 * modes)
                .map(compiler::addMode)
                .toArray();
        boolean isCommitted = grammar.lexing() == LexedGrammar.Lexing.COMMITTED;
        return LexerTable.of(new LexerTable.Rows(compiler.next, compiler.endings, starts), isCommitted, budget);
    }

    /** Adds the states of a mode; the number of its start. With indentation, the modes between brackets come behind all others. */
    private int addMode(int number) {
        int modes = grammar.modes().size();
        List<LexedGrammar.Token> mode = grammar.modes().get(number % modes);
        boolean isBetween = number >= modes;
        int start = next.size();
        if (mode.isEmpty()) {
            budget.addStates(1);
            next.add(deadRow());
            endings.add(Set.of());
            return start;
        }
        Marked marked = marked(mode);
        RuleFrame rows = marked.rows;
        List<Integer> known = new ArrayList<>(List.of(rows.startRow(false)));
        Map<Integer, Integer> numbers = new HashMap<>(Map.of(known.get(0), start));
        for (int i = 0; i < known.size(); i++) {
            budget.addStates(1);
            int row = known.get(i);
            int[] targets = deadRow();
            for (int value = 0; value < targets.length; value++) {
                int reached = rows.next(row, value);
                if (reached >= 0) {
                    targets[value] = numbers.computeIfAbsent(reached, none -> {
                        known.add(reached);
                        return start + known.size() - 1;
                    });
                }
            }
            next.add(targets);
            int[] ending = rows.specials(row)
                    .map(symbol -> marked.tokens[symbol - State.SPECIAL])
                    .sorted()
                    .toArray();
            if (i == 0 && ending.length > 0) {
                String name = mode.get(ending[0]).name();
                throw new UnsupportedFeatureException(name, "the token \"" + name + "\" may be empty", Place.UNKNOWN);
            }
            endings.add(endings(mode, ending, isBetween));
        }
        return start;
    }

    private static int[] deadRow() {
        int[] row = new int[State.SPECIAL];
        Arrays.fill(row, LexerTable.NONE);
        return row;
    }

    /** What a text is that is any of the tokens of a mode. */
    private Set<LexerTable.Ending> endings(List<LexedGrammar.Token> mode, int[] tokens, boolean isBetween) {
        int taken = grammar.lexing() == LexedGrammar.Lexing.COMMITTED ? tokens.length : 1;
        return Arrays.stream(tokens)
                .limit(taken)
                .mapToObj(mode::get)
                .flatMap(token -> endings(token, isBetween))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<LexerTable.Ending> endings(LexedGrammar.Token token, boolean isBetween) {
        int between = grammar.modes().size() + token.next();
        int same = isBetween ? between : token.next();
        if (token.isSkipped()) {
            return Stream.of(new LexerTable.Ending(LexerTable.SKIPPED, same));
        }
        int kind = Objects.requireNonNull(kinds.get(token.name()));
        if (blocks == null) {
            return Stream.of(new LexerTable.Ending(kind, same));
        } else if (kind == blocks.newline() && isBetween) {
            return Stream.of(new LexerTable.Ending(LexerTable.SKIPPED, same));
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
