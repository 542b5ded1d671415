// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.lexer.TokenTexts;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.core.WorkBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** With which boundaries rules over tokens may end, by the boundary before them: all at once, since rules call each other. */
final class LexedFrames {

    private final TokenGraph tokens;
    private final Nfa nfa;
    private final TokenTexts texts;
    private final BitSet[] first;
    private final WorkBudget budget;
    private final Map<List<Integer>, Frame> frames = new HashMap<>();
    private final Map<Integer, BitSet> skipping = new HashMap<>();
    private final ArrayDeque<Place> waiting = new ArrayDeque<>();
    private boolean running;

    /** A place of a rule that was called with a boundary. */
    private record Place(Frame frame, int ruleState, int boundary) {}

    /** Where a caller goes on. */
    private record Caller(Frame frame, int ruleState) {}

    /** A rule behind a boundary. */
    static final class Frame {

        private final int callee;
        private final int boundary;
        private final BitSet ends = new BitSet();
        private final List<Caller> callers = new ArrayList<>();
        private final Set<List<Integer>> seen = new HashSet<>();

        private Frame(int callee, int boundary) {
            this.callee = callee;
            this.boundary = boundary;
        }

        int boundary() {
            return boundary;
        }

        /** The boundaries behind its texts. */
        BitSet ends() {
            return ends;
        }
    }

    LexedFrames(TokenGraph tokens, TokenTexts texts, WorkBudget budget) {
        this.tokens = tokens;
        this.nfa = tokens.nfa();
        this.texts = texts;
        this.first = FirstTokens.of(tokens, budget);
        this.budget = budget;
    }

    /** A rule behind a boundary, as far as the boundary matters to the tokens that it begins with. */
    Frame called(int callee, int boundary) {
        boolean matters = first[callee].stream()
                .anyMatch(token -> texts.of(boundary, token).isBound());
        return of(callee, matters ? boundary : texts.boundaries().free(boundary));
    }

    private Frame of(int callee, int boundary) {
        Frame frame = frames.get(List.of(callee, boundary));
        if (frame == null) {
            frame = new Frame(callee, boundary);
            frames.put(List.of(callee, boundary), frame);
            visit(frame, tokens.start(callee), boundary);
            run();
        }
        return frame;
    }

    private void run() {
        if (running) {
            return;
        }
        running = true;
        while (!waiting.isEmpty()) {
            budget.step();
            Place place = waiting.remove();
            follow(place.frame, place.ruleState, place.boundary);
        }
        running = false;
    }

    private void visit(Frame frame, int ruleState, int boundary) {
        if (frame.seen.add(List.of(ruleState, boundary))) {
            waiting.add(new Place(frame, ruleState, boundary));
        }
    }

    private void follow(Frame frame, int ruleState, int boundary) {
        if (ruleState == tokens.accept(frame.callee) && !frame.ends.get(boundary)) {
            frame.ends.set(boundary);
            List.copyOf(frame.callers).forEach(caller -> visit(caller.frame, caller.ruleState, boundary));
        }
        for (int edge = nfa.firstEdge(ruleState); edge >= 0; edge = nfa.nextEdge(edge)) {
            int target = nfa.target(edge);
            if (nfa.low(edge) == Nfa.EMPTY) {
                visit(frame, target, boundary);
            } else if (nfa.low(edge) == Nfa.CALL) {
                Frame called = called(nfa.high(edge), boundary);
                called.callers.add(new Caller(frame, target));
                for (int end : called.ends.stream().toArray()) {
                    visit(frame, target, end);
                }
            } else {
                int token = tokens.token(edge);
                texts.of(boundary, token).outcomes().stream().forEach(end -> {
                    visit(frame, target, end);
                    skipping(end).stream().forEach(after -> visit(frame, target, after));
                });
            }
        }
    }

    /** The boundaries behind one or more tokens that are skipped. */
    BitSet skipping(int boundary) {
        BitSet known = skipping.get(boundary);
        if (known == null) {
            BitSet found = new BitSet();
            ArrayDeque<Integer> pending = new ArrayDeque<>(List.of(boundary));
            while (!pending.isEmpty()) {
                int at = pending.remove();
                texts.of(at, LexerTable.SKIPPED).outcomes().stream()
                        .filter(end -> !found.get(end))
                        .forEach(end -> {
                            found.set(end);
                            pending.add(end);
                        });
            }
            skipping.put(boundary, found);
            known = found;
        }
        return known;
    }
}
