// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.indent.IndentedGraph;
import dev.espalier.automata.indent.Levels;
import dev.espalier.automata.lexer.LexerParts;
import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.lexer.TokenTexts;
import dev.espalier.automata.nfa.Lengths;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.rule.Frames;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.Syntax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way from a grammar to its automaton. Linear in the grammar's text for ordinary grammars (Thompson's construction; left recursion becomes
 * loops; bounded repetitions become counters), so that the first mask comes at once.
 */
public final class AutomatonCompiler {

    private AutomatonCompiler() {}

    /**
     * The automaton of a grammar: of rules over characters, or of the texts whose tokens are a sentence.
     *
     * @param externals what the grammar's {@link Expression.External} expressions stand for, by name: languages without the empty text and without
     *     special tokens
     * @throws UnsatisfiableException when the grammar has no sentence at all
     * @throws dev.espalier.core.error.ReferenceException when a rule or an external frame is missing
     * @throws UnsupportedFeatureException when a construct cannot be compiled exactly
     * @throws dev.espalier.core.error.LimitExceededException past a limit of the budget
     * @throws dev.espalier.core.error.CompileTimeoutException past the deadline
     * @throws dev.espalier.core.error.CancelledException when cancelled or interrupted
     */
    public static PushdownAutomaton compile(
            Syntax syntax, Map<String, PushdownAutomaton> externals, WorkBudget budget) {
        Map<String, State> starts = new HashMap<>();
        externals.forEach((name, automaton) -> starts.put(name, start(name, automaton)));
        return syntax instanceof LexedGrammar lexed
                ? ofTokens(lexed, starts, budget)
                : ofCharacters((Grammar) syntax, starts, Map.of(), budget);
    }

    /**
     * The automaton of a grammar of characters, some of whose rules leave {@linkplain dev.espalier.automata.state.MarkState marks on the stack} below what they read.
     *
     * @param marks the marks of rules by their names; the root has none
     * @throws UnsatisfiableException as {@link #compile(Syntax, Map, WorkBudget)}, with the other failures
     */
    public static PushdownAutomaton compile(
            Grammar grammar, Map<String, PushdownAutomaton> externals, Map<String, String> marks, WorkBudget budget) {
        Map<String, State> starts = new HashMap<>();
        externals.forEach((name, automaton) -> starts.put(name, start(name, automaton)));
        return ofCharacters(grammar, starts, marks, budget);
    }

    private static PushdownAutomaton ofCharacters(
            Grammar grammar, Map<String, State> externals, Map<String, String> marks, WorkBudget budget) {
        RuleTable rules = new RuleTable(grammar, marks, false, budget);
        ExpressionCompiler compiled = new ExpressionCompiler(rules, grammar.root(), externals, false, budget);
        RuleGraph graph = LeftRecursion.removed(compiled.graph(), budget);
        boolean mayBeEmpty = compiled.mayBeEmpty(grammar.rule(grammar.root()));
        return automaton(grammar.root(), graph, mayBeEmpty, compiled.specialTokens(), budget);
    }

    private static PushdownAutomaton ofTokens(LexedGrammar grammar, Map<String, State> externals, WorkBudget budget) {
        TokenGraph tokens = TokenGraph.of(grammar, budget);
        LexerTable lexer = LexerCompiler.compile(grammar, budget);
        LexedParts parts = LexedParts.of(grammar, externals, budget);
        TokenTexts texts = new TokenTexts(lexer, new LexerParts(lexer, parts.parts()), budget);
        IndentedGraph graph = LexedProduct.of(tokens, texts, parts.frames(), budget);
        String root = grammar.rules().root();
        if (tokens.blocks() == null) {
            return automaton(root, graph.rules(), tokens.mayBeEmpty(), parts.specialTokens(), budget);
        }
        Levels levels = new Levels(graph, budget);
        if (!tokens.mayBeEmpty() && !levels.hasText()) {
            throw unsatisfiable(root);
        }
        budget.poll();
        return new PushdownAutomaton(
                levels.root(tokens.mayBeEmpty()),
                levels.hasText() ? Optional.of(levels.root(false)) : Optional.empty(),
                List.of(),
                levels::estimatedBytes);
    }

    private static UnsatisfiableException unsatisfiable(String root) {
        return new UnsatisfiableException(
                "the grammar has no sentence: rule \"" + root + "\" never ends", Place.UNKNOWN);
    }

    private static PushdownAutomaton automaton(
            String root,
            RuleGraph graph,
            boolean mayBeEmpty,
            List<Expression.TokenTerminal> specials,
            WorkBudget budget) {
        Lengths lengths = new Lengths(graph, budget);
        if (!mayBeEmpty && lengths.shortest(0) == Lengths.NEVER) {
            throw unsatisfiable(root);
        }
        budget.poll();
        Frames frames = new Frames(graph, lengths, budget);
        return new PushdownAutomaton(
                frames.root(mayBeEmpty),
                lengths.shortest(0) == Lengths.NEVER ? Optional.empty() : Optional.of(frames.root(false)),
                specials,
                frames::estimatedBytes);
    }

    private static State start(String name, PushdownAutomaton part) {
        State start = part.start();
        if (start.results().length > 0) {
            throw new UnsupportedFeatureException(
                    name,
                    "the part \"" + name + "\" may be empty: let it read something, and write \"" + name
                            + "?\" where it may be missing",
                    Place.UNKNOWN);
        }
        if (!part.specialTokens().isEmpty()) {
            throw new UnsupportedFeatureException(
                    name,
                    "the part \"" + name + "\" has special tokens: write them in the grammar around it",
                    Place.UNKNOWN);
        }
        return start;
    }
}
