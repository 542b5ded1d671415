// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.lexer.Boundaries;
import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.lexer.TokenText;
import dev.espalier.automata.lexer.TokenTexts;
import dev.espalier.automata.nfa.Callee;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.Expression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules over tokens as rules over bytes: the product of the rules with the boundaries between tokens. A rule is called with the boundary before it and the one
 * behind it. So no text is read that the lexer would cut otherwise. Tokens that are skipped are read directly behind other tokens, and at the beginning: there is one
 * way to read a text.
 */
@FastPath(oracle = "LexedGrammarTest")
final class LexedProduct {

    /** Tokens of at most so many states are written out where they are used. */
    private static final int SMALL = 8;

    private static final Expression NO_BODY = Expression.NOTHING;

    private final TokenGraph tokens;
    private final TokenTexts texts;
    private final WorkBudget budget;
    private final LexedFrames frames;
    private final Nfa nfa;
    private final List<Callee> callees = new ArrayList<>();
    private final List<int[]> ends = new ArrayList<>();
    private final Map<List<Integer>, Integer> tokenCallees = new HashMap<>();
    private final Map<List<Integer>, Integer> skipCallees = new HashMap<>();
    private final Map<List<Integer>, Integer> ruleCallees = new HashMap<>();
    private final ArrayDeque<Runnable> pending = new ArrayDeque<>();

    private LexedProduct(TokenGraph tokens, TokenTexts texts, WorkBudget budget) {
        this.tokens = tokens;
        this.texts = texts;
        this.budget = budget;
        this.frames = new LexedFrames(tokens, texts, budget);
        this.nfa = new Nfa(budget);
    }

    /** The rules over bytes. */
    static RuleGraph of(TokenGraph tokens, TokenTexts texts, WorkBudget budget) {
        LexedProduct product = new LexedProduct(tokens, texts, budget);
        product.addRoot();
        while (!product.pending.isEmpty()) {
            product.pending.remove().run();
        }
        return new RuleGraph(product.nfa, product.callees, product.ends);
    }

    private int addCallee(int start, int accept) {
        callees.add(new Callee.Rule("", NO_BODY));
        ends.add(new int[] {start, accept});
        return callees.size() - 1;
    }

    /** The root may begin with tokens that are skipped, and end with any boundary at which the text may end. */
    private void addRoot() {
        int start = nfa.addState();
        int accept = nfa.addState();
        addCallee(start, accept);
        Places places = new Places(0);
        addSkippable(Boundaries.BEGINNING, start, places, tokens.start(0));
        places.addAll();
        places.accepts(accept, -1);
        if (tokens.mayBeEmpty()) {
            frames.skipping(Boundaries.BEGINNING).stream()
                    .filter(texts.boundaries()::mayEnd)
                    .forEach(end -> nfa.addCall(start, skipCallee(Boundaries.BEGINNING, end), accept));
        }
    }

    /** Leads from a state behind a token to a place, directly and over tokens that are skipped. */
    private void addSkippable(int boundary, int from, Places places, int target) {
        frames.skipping(boundary).stream()
                .forEach(end -> nfa.addCall(from, skipCallee(boundary, end), places.state(target, end)));
        nfa.addEmpty(from, places.state(target, boundary));
    }

    /** The places of one callee: where a rule stands, and the boundary there. */
    private final class Places {

        private final int callee;
        private final Map<List<Integer>, Integer> states = new HashMap<>();
        private final ArrayDeque<int[]> waiting = new ArrayDeque<>();

        Places(int callee) {
            this.callee = callee;
        }

        /** The state of a place; places are met once. */
        int state(int ruleState, int boundary) {
            return states.computeIfAbsent(List.of(ruleState, boundary), none -> {
                waiting.add(new int[] {ruleState, boundary});
                return nfa.addState();
            });
        }

        /** Adds all that follows from the places that were met. */
        void addAll() {
            while (!waiting.isEmpty()) {
                int[] place = waiting.remove();
                budget.step();
                addEdges(place[0], place[1]);
            }
        }

        private void addEdges(int ruleState, int boundary) {
            int from = state(ruleState, boundary);
            Nfa edges = tokens.nfa();
            for (int edge = edges.firstEdge(ruleState); edge >= 0; edge = edges.nextEdge(edge)) {
                int target = edges.target(edge);
                if (edges.low(edge) == Nfa.EMPTY) {
                    nfa.addEmpty(from, state(target, boundary));
                } else if (edges.low(edge) == Nfa.CALL) {
                    int called = edges.high(edge);
                    LexedFrames.Frame frame = frames.called(called, boundary);
                    frame.ends().stream()
                            .forEach(end ->
                                    nfa.addCall(from, ruleCallee(called, frame.boundary(), end), state(target, end)));
                } else {
                    addToken(tokens.token(edge), boundary, from, target);
                }
            }
        }

        private void addToken(int token, int boundary, int from, int target) {
            TokenText text = texts.of(boundary, token);
            Map<Integer, Integer> behind = new HashMap<>();
            text.outcomes().stream().forEach(end -> {
                int state = nfa.addState();
                addSkippable(end, state, this, target);
                behind.put(end, state);
            });
            int before = text.isBound() ? boundary : texts.boundaries().free(boundary);
            LexedProduct.this.addToken(text, List.of(before, token), from, behind);
        }

        /** Ends where the rule ends with a boundary; if it is -1, with any at which the text may end. */
        void accepts(int accept, int boundary) {
            int last = tokens.accept(callee);
            states.forEach((place, state) -> {
                int end = place.get(1);
                if (place.get(0) == last && (boundary < 0 ? texts.boundaries().mayEnd(end) : end == boundary)) {
                    nfa.addEmpty(state, accept);
                }
            });
        }
    }

    /** Connects a state with those behind a token, by the boundary there. */
    private void addToken(TokenText text, List<Integer> key, int from, Map<Integer, Integer> behind) {
        if (text.edges().size() <= SMALL) {
            addText(text, from, behind);
            return;
        }
        behind.forEach((end, state) -> {
            List<Integer> whole = List.of(key.get(0), key.get(1), end);
            Integer callee = tokenCallees.get(whole);
            if (callee == null) {
                int start = nfa.addState();
                int accept = nfa.addState();
                callee = addCallee(start, accept);
                tokenCallees.put(whole, callee);
                addText(text, start, Map.of(end, accept));
            }
            nfa.addCall(from, callee, state);
        });
    }

    private void addText(TokenText text, int from, Map<Integer, Integer> behind) {
        int[] states = new int[text.edges().size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = nfa.addState();
        }
        nfa.addEmpty(from, states[0]);
        for (int i = 0; i < states.length; i++) {
            for (TokenText.Edge edge : text.edges().get(i)) {
                nfa.addRange(states[i], edge.low(), edge.high(), states[edge.target()]);
            }
            int state = states[i];
            BitSet ends = text.ends().get(i);
            behind.forEach((end, target) -> {
                if (ends.get(end)) {
                    nfa.addEmpty(state, target);
                }
            });
        }
    }

    /** One or more tokens that are skipped, between two boundaries. */
    private int skipCallee(int boundary, int end) {
        return skipCallees.computeIfAbsent(List.of(boundary, end), none -> {
            int start = nfa.addState();
            int accept = nfa.addState();
            int callee = addCallee(start, accept);
            pending.add(() -> addSkipping(boundary, end, start, accept));
            return callee;
        });
    }

    private void addSkipping(int boundary, int end, int start, int accept) {
        Map<Integer, Integer> states = new HashMap<>(Map.of(boundary, start));
        ArrayDeque<Integer> waiting = new ArrayDeque<>(List.of(boundary));
        Map<Integer, Integer> behindToken = new HashMap<>();
        while (!waiting.isEmpty()) {
            int at = waiting.remove();
            TokenText text = texts.of(at, LexerTable.SKIPPED);
            Map<Integer, Integer> behind = new HashMap<>();
            text.outcomes().stream().forEach(outcome -> {
                Integer known = behindToken.get(outcome);
                if (known == null) {
                    known = nfa.addState();
                    behindToken.put(outcome, known);
                    if (outcome == boundary) {
                        nfa.addEmpty(known, start);
                    } else {
                        states.put(outcome, known);
                        waiting.add(outcome);
                    }
                    if (outcome == end) {
                        nfa.addEmpty(known, accept);
                    }
                }
                behind.put(outcome, known);
            });
            addText(text, states.getOrDefault(at, start), behind);
        }
    }

    private int ruleCallee(int called, int boundary, int end) {
        return ruleCallees.computeIfAbsent(List.of(called, boundary, end), none -> {
            int start = nfa.addState();
            int accept = nfa.addState();
            int callee = addCallee(start, accept);
            pending.add(() -> {
                Places places = new Places(called);
                nfa.addEmpty(start, places.state(tokens.start(called), boundary));
                places.addAll();
                places.accepts(accept, end);
            });
            return callee;
        });
    }
}
