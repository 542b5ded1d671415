// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.indent.IndentationText;
import dev.espalier.automata.indent.IndentedGraph;
import dev.espalier.automata.indent.IndentedPart;
import dev.espalier.automata.lexer.Boundaries;
import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.lexer.TokenText;
import dev.espalier.automata.lexer.TokenTexts;
import dev.espalier.automata.nfa.Callee;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.Expression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * Rules over tokens as rules over bytes: the product of the rules with the boundaries between tokens. A rule is called with the boundary before it and the one
 * behind it. So no text is read that the lexer would cut otherwise. Tokens that are skipped are read directly behind other tokens, and at the beginning: there is one
 * way to read a text.
 *
 * <p>Where indentation means something, a newline token is read up to its last line end only, and what follows from there by whoever goes on: a line of the same block
 * as a callee that reads its columns, a block as a callee that reads more. A block hands up the line that ends it. See {@code docs/design/indentation.md}.
 */
@FastPath(oracle = "LexedGrammarTest")
final class LexedProduct {

    /** Tokens of at most so many states are written out where they are used. */
    private static final int SMALL = 8;

    private static final Expression NO_BODY = Expression.NOTHING;

    private final TokenGraph tokens;
    private final TokenTexts texts;
    private final List<State> parts;
    private final Boundaries boundaries;
    private final WorkBudget budget;
    private final LexedFrames frames;
    private final Nfa nfa;
    private final List<Callee> callees = new ArrayList<>();
    private final List<int[]> ends = new ArrayList<>();
    private final Map<TokenEnds, Integer> tokenCallees = new HashMap<>();
    private final Map<Integer, Integer> partCallees = new HashMap<>();
    private final Map<List<Integer>, Integer> skipCallees = new HashMap<>();
    private final Map<Integer, Skipping> skippings = new HashMap<>();
    private final Map<List<Integer>, Integer> ruleCallees = new HashMap<>();
    private final Map<List<Integer>, Integer> lineCallees = new HashMap<>();
    private final Map<List<Integer>, Integer> blockCallees = new HashMap<>();
    private final Map<List<Integer>, Integer> bodyCallees = new HashMap<>();
    private final Map<Integer, IndentedPart> indented = new HashMap<>();
    private final Map<TokenText, IndentationText> indentations = new IdentityHashMap<>();
    private final ArrayDeque<Runnable> pending = new ArrayDeque<>();

    private LexedProduct(TokenGraph tokens, TokenTexts texts, List<State> parts, WorkBudget budget) {
        this.tokens = tokens;
        this.texts = texts;
        this.parts = parts;
        this.boundaries = texts.boundaries();
        this.budget = budget;
        this.frames = new LexedFrames(tokens, texts, budget);
        this.nfa = new Nfa(budget);
    }

    /** The rules over bytes, of which some may depend on the columns of the block that they are in. */
    static IndentedGraph of(TokenGraph tokens, TokenTexts texts, List<State> frames, WorkBudget budget) {
        LexedProduct product = new LexedProduct(tokens, texts, frames, budget);
        product.addRoot();
        while (!product.pending.isEmpty()) {
            product.pending.remove().run();
        }
        return new IndentedGraph(new RuleGraph(product.nfa, product.callees, product.ends), product.indented);
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
        Places places = new Places();
        addSkippable(Boundaries.BEGINNING, start, places, tokens.start(0));
        places.addAll();
        places.states.forEach((place, state) -> {
            if (place.ruleState == tokens.accept(0)) {
                addEnd(place, state, accept);
            }
        });
        if (tokens.mayBeEmpty()) {
            frames.skipping(Boundaries.BEGINNING).stream()
                    .filter(boundaries::mayEnd)
                    .forEach(end -> nfa.addCall(start, skipCallee(Boundaries.BEGINNING, end), accept));
        }
    }

    /** Leads from a state behind a token to a place, directly and over tokens that are skipped. */
    private void addSkippable(int boundary, int from, Places places, int target) {
        frames.skipping(boundary).stream()
                .forEach(end -> nfa.addCall(from, skipCallee(boundary, end), places.state(target, end)));
        nfa.addEmpty(from, places.state(target, boundary));
    }

    /** Leads from where all rules have ended to the end of the text. */
    private void addEnd(Place place, int from, int accept) {
        if (boundaries.isLine(place.boundary)) {
            addLine(place.boundary, from, end -> accept);
        } else if (!place.isBegun && boundaries.mayEnd(place.boundary)) {
            nfa.addEmpty(from, accept);
        }
    }

    /** Leads over the indentation of a line in the same block, and what is skipped behind it. */
    private void addLine(int boundary, int from, IntUnaryOperator targets) {
        frames.indentation(boundary).outcomes().stream().forEach(end -> {
            int behind = nfa.addState();
            nfa.addCall(from, lineCallee(boundaries.line(boundary), end), behind);
            nfa.addEmpty(behind, targets.applyAsInt(end));
            frames.skipping(end).stream()
                    .forEach(after -> nfa.addCall(behind, skipCallee(end, after), targets.applyAsInt(after)));
        });
    }

    /**
     * Where a rule stands.
     *
     * @param isBegun whether the indentation of a line has been read here, so that something of the rule must come
     */
    private record Place(int ruleState, int boundary, boolean isBegun) {}

    /** The places of one callee. */
    private final class Places {

        private final Map<Place, Integer> states = new LinkedHashMap<>();
        /** Behind a token, where what is skipped may come, by boundary and the state of the rule. */
        private final Map<List<Integer>, Integer> behindTokens = new HashMap<>();
        /** Where tokens begin that are written out, by what they are and where they lead. */
        private final Map<WrittenToken, Integer> written = new HashMap<>();

        private final ArrayDeque<Place> waiting = new ArrayDeque<>();

        /** The state of a place; places are met once. */
        int state(int ruleState, int boundary) {
            return state(ruleState, boundary, false);
        }

        private int state(int ruleState, int boundary, boolean isBegun) {
            return state(new Place(ruleState, frames.canonical(ruleState, boundary), isBegun));
        }

        private int state(Place place) {
            return states.computeIfAbsent(place, none -> {
                waiting.add(place);
                return nfa.addState();
            });
        }

        /** Adds all that follows from the places that were met. */
        void addAll() {
            while (!waiting.isEmpty()) {
                Place place = waiting.remove();
                budget.spendSteps(4);
                addEdges(place, state(place));
            }
        }

        private void addEdges(Place place, int from) {
            boolean goesOn = false;
            Nfa edges = tokens.nfa();
            for (int edge = edges.firstEdge(place.ruleState); edge >= 0; edge = edges.nextEdge(edge)) {
                int target = edges.target(edge);
                if (tokens.readsNothing(edge)) {
                    if (!place.isBegun) {
                        nfa.addEmpty(from, state(target, frames.behindNothing(edge, place.boundary)));
                    }
                } else if (edges.low(edge) == Nfa.CALL) {
                    int called = edges.high(edge);
                    goesOn = true;
                    if (boundaries.isPlain(place.boundary)) {
                        addRule(called, place.boundary, from, target);
                    } else if (boundaries.mayOpen(place.boundary) && frames.mayOpen(called)) {
                        addRule(called, boundaries.deeper(place.boundary), from, target);
                    }
                } else if (frames.isMade(tokens.token(edge))) {
                    addBlock(edge, place.boundary, from);
                } else {
                    goesOn = true;
                    if (boundaries.isPlain(place.boundary)) {
                        addToken(tokens.token(edge), place.boundary, from, target);
                    }
                }
            }
            if (goesOn && boundaries.isLine(place.boundary)) {
                addLine(place.boundary, from, end -> state(place.ruleState, end, true));
            }
        }

        private void addBlock(int edge, int boundary, int from) {
            int block = frames.block(edge);
            if (block < 0 || !boundaries.mayOpen(boundary)) {
                return;
            }
            BitSet ends = new BitSet();
            int line = frames.opened(boundary, block);
            frames.indentation(line).outcomes().stream()
                    .forEach(plain -> ends.or(frames.block(block, plain).ends()));
            ends.stream()
                    .forEach(end -> frames.parts()
                            .behind(edge)
                            .forEach(target -> nfa.addCall(from, blockCallee(block, line, end), state(target, end))));
        }

        private void addRule(int called, int boundary, int from, int target) {
            LexedFrames.Frame frame = frames.called(called, boundary);
            frame.ends().stream()
                    .forEach(end -> nfa.addCall(from, ruleCallee(called, frame.boundary(), end), state(target, end)));
        }

        private void addToken(int token, int boundary, int from, int target) {
            TokenText text = frames.text(boundary, token);
            Map<Integer, BitSet> ends = new TreeMap<>();
            text.outcomes().stream()
                    .forEach(end -> ends.computeIfAbsent(frames.canonicalBehind(target, end), none -> new BitSet())
                            .set(end));
            Map<Integer, Integer> behind = new TreeMap<>();
            ends.forEach((end, some) -> {
                int state = behindToken(end, target);
                some.stream().forEach(one -> behind.put(one, state));
            });
            int number = frames.number(boundary, token);
            if (text.edges().size() <= SMALL) {
                nfa.addEmpty(from, written(number, text, behind));
                return;
            }
            ends.values().forEach(some -> {
                int state = Objects.requireNonNull(behind.get(some.nextSetBit(0)));
                nfa.addCall(from, tokenCallee(number, text, some), state);
            });
        }

        private int behindToken(int end, int target) {
            List<Integer> key = List.of(end, target);
            Integer state = behindTokens.get(key);
            if (state == null) {
                state = nfa.addState();
                behindTokens.put(key, state);
                addSkippable(end, state, this, target);
            }
            return state;
        }

        private int written(int number, TokenText text, Map<Integer, Integer> behind) {
            WrittenToken key = new WrittenToken(number, behind);
            Integer start = written.get(key);
            if (start == null) {
                start = nfa.addState();
                written.put(key, start);
                addText(text, start, behind);
            }
            return start;
        }
    }

    /** A text by its number, and the states that its boundaries lead to. */
    private record WrittenToken(int text, Map<Integer, Integer> behind) {}

    /** The texts of a token that end with some boundaries. */
    private int tokenCallee(int number, TokenText text, BitSet some) {
        TokenEnds key = new TokenEnds(number, some);
        Integer callee = tokenCallees.get(key);
        if (callee == null) {
            int start = nfa.addState();
            int accept = nfa.addState();
            callee = addCallee(start, accept);
            tokenCallees.put(key, callee);
            Map<Integer, Integer> behind = new HashMap<>();
            some.stream().forEach(end -> behind.put(end, accept));
            addText(text, start, behind);
        }
        return callee;
    }

    /** Texts by number, and the boundaries behind them. */
    private record TokenEnds(int text, BitSet ends) {}

    private void addText(TokenText text, int from, Map<Integer, Integer> behind) {
        int[] states = new int[text.edges().size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = nfa.addState();
        }
        nfa.addEmpty(from, states[0]);
        for (int i = 0; i < states.length; i++) {
            for (TokenText.Edge edge : text.edges().get(i)) {
                if (edge.low() < 0) {
                    nfa.addCall(states[i], partCallee(-1 - edge.low()), states[edge.target()]);
                } else {
                    nfa.addRange(states[i], edge.low(), edge.high(), states[edge.target()]);
                }
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

    private int partCallee(int part) {
        return partCallees.computeIfAbsent(part, none -> {
            callees.add(new Callee.Frame(parts.get(part)));
            ends.add(new int[] {-1, -1});
            return callees.size() - 1;
        });
    }

    /** One or more tokens that are skipped, between two boundaries. */
    private int skipCallee(int boundary, int end) {
        return skipCallees.computeIfAbsent(List.of(boundary, end), none -> {
            Skipping skipping = skippings.computeIfAbsent(end, Skipping::new);
            return addCallee(skipping.state(boundary), skipping.accept);
        });
    }

    /** All texts of one or more skipped tokens that end with a boundary: the callees from all boundaries before them share their states. */
    private final class Skipping {

        private final int end;
        private final int accept = nfa.addState();
        private final Map<Integer, Integer> states = new HashMap<>();
        private final Map<Integer, Integer> behindToken = new HashMap<>();

        Skipping(int end) {
            this.end = end;
        }

        /** The state at a boundary, from which a token must come. */
        int state(int boundary) {
            return states.computeIfAbsent(boundary, none -> {
                int state = nfa.addState();
                pending.add(() -> addTokens(boundary, state));
                return state;
            });
        }

        private void addTokens(int boundary, int from) {
            TokenText text = texts.of(boundary, LexerTable.SKIPPED);
            Map<Integer, Integer> behind = new HashMap<>();
            text.outcomes().stream()
                    .filter(outcome ->
                            outcome == end || frames.skipping(outcome).get(end))
                    .forEach(outcome -> behind.put(outcome, behind(outcome)));
            addText(text, from, behind);
        }

        private int behind(int outcome) {
            Integer known = behindToken.get(outcome);
            if (known == null) {
                known = nfa.addState();
                behindToken.put(outcome, known);
                if (frames.skipping(outcome).get(end)) {
                    nfa.addEmpty(known, state(outcome));
                }
                if (outcome == end) {
                    nfa.addEmpty(known, accept);
                }
            }
            return known;
        }
    }

    private int ruleCallee(int called, int boundary, int end) {
        return ruleCallees.computeIfAbsent(List.of(called, boundary, end), none -> {
            int start = nfa.addState();
            int accept = nfa.addState();
            int callee = addCallee(start, accept);
            pending.add(() -> {
                Places places = new Places();
                nfa.addEmpty(start, places.state(tokens.start(called), boundary));
                places.addAll();
                places.states.forEach((place, state) -> {
                    if (place.ruleState == tokens.accept(called) && place.boundary == end && !place.isBegun) {
                        nfa.addEmpty(state, accept);
                    }
                });
            });
            return callee;
        });
    }

    /** The indentation of a line in the same block. */
    private int lineCallee(int boundary, int end) {
        return lineCallees.computeIfAbsent(
                List.of(boundary, end), none -> addPart(new IndentedPart.Line(indentation(boundary), end)));
    }

    private int blockCallee(int block, int boundary, int end) {
        List<Integer> key = List.of(block, boundary, end);
        Integer known = blockCallees.get(key);
        if (known == null) {
            List<IndentedPart.Body> bodies = new ArrayList<>();
            frames.indentation(boundary).outcomes().stream().forEach(plain -> {
                boolean mayBeEmpty = end == boundaries.end() && frames.parts().mayBeEmpty(block);
                bodies.add(new IndentedPart.Body(plain, bodyCallee(block, plain, end), mayBeEmpty));
            });
            known = addPart(new IndentedPart.Block(indentation(boundary), bodies));
            blockCallees.put(key, known);
        }
        return known;
    }

    private int addPart(IndentedPart part) {
        callees.add(new Callee.Frame(null)); // found by level
        ends.add(new int[] {-1, -1});
        indented.put(callees.size() - 1, part);
        return callees.size() - 1;
    }

    private IndentationText indentation(int boundary) {
        return indentations.computeIfAbsent(frames.indentation(boundary), text -> IndentationText.of(text, budget));
    }

    /** What a block has behind its first indentation. */
    private int bodyCallee(int block, int boundary, int end) {
        return bodyCallees.computeIfAbsent(List.of(block, boundary, end), none -> {
            int start = nfa.addState();
            int accept = nfa.addState();
            int callee = addCallee(start, accept);
            pending.add(() -> {
                Places places = new Places();
                addSkippable(boundary, start, places, frames.parts().start(block));
                places.addAll();
                places.states.forEach((place, state) -> {
                    if (!frames.parts().mayEnd(place.ruleState)) {
                        return;
                    }
                    if (end == boundaries.end()) {
                        addEnd(place, state, accept);
                    } else if (boundaries.isLine(place.boundary) && frames.closed(place.boundary, block) == end) {
                        nfa.addEmpty(state, accept);
                    }
                });
            });
            return callee;
        });
    }
}
