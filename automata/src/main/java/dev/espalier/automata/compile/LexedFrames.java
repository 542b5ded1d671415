// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.lexer.Boundaries;
import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.lexer.TokenText;
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
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * With which boundaries rules over tokens may end, by the boundary before them: all at once, since rules call each other. Where indentation means something, this is
 * asked of blocks, too, whatever their columns.
 */
final class LexedFrames {

    private static final int BLOCKS = -1;

    private final TokenGraph tokens;
    private final Nfa nfa;
    private final TokenTexts texts;
    private final Boundaries boundaries;
    private final @Nullable BlockTokens made;
    private final BlockParts parts;
    private final BitSet[] first;
    private final NextTokens next;
    private final Map<Long, Integer> canonical = new HashMap<>();
    private final Map<Long, Integer> canonicalBehind = new HashMap<>();
    private final Map<List<Integer>, Integer> representatives = new HashMap<>();
    private final WorkBudget budget;
    private final Map<List<Integer>, Frame> frames = new HashMap<>();
    private final Map<Integer, BitSet> skipping = new HashMap<>();
    private final Map<Integer, BitSet> indented = new HashMap<>();
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
        this.boundaries = texts.boundaries();
        this.made = tokens.blocks();
        this.parts = BlockParts.of(tokens, budget);
        this.first = FirstTokens.of(tokens, budget);
        this.next = NextTokens.of(tokens, first, budget);
        this.budget = budget;
    }

    /** Where blocks begin and end. */
    BlockParts parts() {
        return parts;
    }

    /** Whether a token has no text, and stands for the beginning or the end of a block. */
    boolean isMade(int token) {
        return made != null && token >= made.first();
    }

    /** The kind of block that begins with an edge that reads what has no text; -1 if one ends with it. */
    int block(int edge) {
        return Objects.requireNonNull(made).begun(tokens.token(edge));
    }

    /** The text of a token behind a boundary; of a newline token, that up to its last line end. */
    TokenText text(int boundary, int token) {
        return isNewline(token) ? texts.lines(boundary, token) : texts.of(boundary, token);
    }

    /** The number of {@link #text}: equal texts have one. */
    int number(int boundary, int token) {
        return isNewline(token) ? texts.lineNumber(boundary, token) : texts.number(boundary, token);
    }

    /** A rule behind a boundary, as far as the boundary matters to the tokens that it begins with. */
    Frame called(int callee, int boundary) {
        return of(callee, tokens.start(callee), canonical(tokens.start(callee), boundary));
    }

    /**
     * One of the boundaries that mean the same to all tokens that may come next where a rule stands: the one that forbids nothing, if it does. What tokens would be longer
     * with does not matter where none of that can come.
     */
    int canonical(int ruleState, int boundary) {
        return canonical(next.set(ruleState), boundary, canonical, none -> List.of());
    }

    /** {@link #canonical} directly behind a token, where what is skipped may come, too. */
    int canonicalBehind(int ruleState, int boundary) {
        return canonical(
                next.set(ruleState),
                boundary,
                canonicalBehind,
                some -> List.of(texts.number(some, LexerTable.SKIPPED)));
    }

    private int canonical(int set, int boundary, Map<Long, Integer> kept, IntFunction<List<Integer>> skipped) {
        long key = (long) set << 32 | boundary;
        Integer known = kept.get(key);
        if (known == null) {
            known = representative(set, boundary, skipped);
            kept.put(key, known);
        }
        return known;
    }

    private int representative(int set, int boundary, IntFunction<List<Integer>> skipped) {
        if (!boundaries.isPlain(boundary) || next.tokens(set).stream().anyMatch(this::isMade)) {
            return boundary;
        }
        int free = boundaries.free(boundary);
        List<Integer> meaning = meaning(set, boundary, skipped);
        return !boundaries.looksBehind() && (free == boundary || meaning.equals(meaning(set, free, skipped)))
                ? free
                : representatives.computeIfAbsent(meaning, none -> boundary);
    }

    private List<Integer> meaning(int set, int boundary, IntFunction<List<Integer>> skipped) {
        List<Integer> meaning = new ArrayList<>(List.of(set, boundaries.mayEnd(boundary) ? 1 : 0));
        meaning.addAll(skipped.apply(boundary));
        meaning.add(-1);
        next.tokens(set).stream().map(token -> number(boundary, token)).forEach(meaning::add);
        return List.copyOf(meaning);
    }

    private boolean isNewline(int token) {
        return made != null && made.newlines().contains(token);
    }

    /** Whether a rule may begin with a block. */
    boolean mayOpen(int callee) {
        return first[callee].stream().anyMatch(this::isBlock);
    }

    private boolean isBlock(int token) {
        return made != null && made.begun(token) >= 0;
    }

    /** What a kind of block has behind its first indentation. */
    Frame block(int block, int boundary) {
        return of(BLOCKS - block, parts.start(block), boundary);
    }

    private Frame of(int callee, int start, int boundary) {
        Frame frame = frames.get(List.of(callee, boundary));
        if (frame == null) {
            frame = new Frame(callee, boundary);
            frames.put(List.of(callee, boundary), frame);
            visit(frame, start, boundary);
            if (callee <= BLOCKS) {
                for (int after : skipping(boundary).stream().toArray()) {
                    visit(frame, start, after);
                }
            }
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
            budget.spendSteps(4);
            Place place = waiting.remove();
            follow(place.frame, place.ruleState, place.boundary);
        }
        running = false;
    }

    private void visit(Frame frame, int ruleState, int met) {
        budget.spendSteps(2);
        int boundary = canonical(ruleState, met);
        if (frame.seen.add(List.of(ruleState, boundary))) {
            waiting.add(new Place(frame, ruleState, boundary));
        }
    }

    private void follow(Frame frame, int ruleState, int boundary) {
        boolean isLater = !boundaries.mayOpen(boundary) || boundaries.isLine(boundary);
        if (isLater && frame.callee >= 0 && ruleState == tokens.accept(frame.callee)) {
            end(frame, boundary);
        }
        for (int edge = nfa.firstEdge(ruleState); edge >= 0; edge = nfa.nextEdge(edge)) {
            int target = nfa.target(edge);
            if (tokens.readsNothing(edge)) {
                visit(frame, target, behindNothing(edge, boundary));
            } else if (nfa.low(edge) == Nfa.CALL) {
                int callee = nfa.high(edge);
                if (boundaries.mayOpen(boundary) && mayOpen(callee)) {
                    call(frame, called(callee, boundaries.deeper(boundary)), target);
                }
                behind(boundary).forEach(plain -> call(frame, called(callee, plain), target));
            } else if (!isMade(tokens.token(edge))) {
                int token = tokens.token(edge);
                behind(boundary)
                        .forEach(plain -> text(plain, token).outcomes().stream().forEach(end -> {
                            visit(frame, target, end);
                            skipping(end).stream().forEach(after -> visit(frame, target, after));
                        }));
            } else if (isBlock(tokens.token(edge))) {
                if (boundaries.mayOpen(boundary)) {
                    int block = block(edge);
                    int line = opened(boundary, block);
                    for (int after : parts.behind(edge)) {
                        indentation(line).outcomes().stream().forEach(plain -> call(frame, block(block, plain), after));
                    }
                }
            } else if (frame.callee <= BLOCKS) {
                endBlock(frame, boundary);
            }
        }
    }

    /** The boundary behind an edge that reads nothing. */
    int behindNothing(int edge, int boundary) {
        BitSet forbidden = nfa.low(edge) == Nfa.EMPTY ? null : tokens.forbidden(edge);
        return forbidden == null ? boundary : boundaries.without(boundary, forbidden);
    }

    /** The boundaries between tokens at a place: those behind the indentation if it is within a newline token. */
    private IntStream behind(int boundary) {
        return boundaries.isPlain(boundary) ? IntStream.of(boundary) : indented(boundary).stream();
    }

    /** The boundaries behind the indentation of a line in the same block, and behind what is skipped there. */
    private BitSet indented(int boundary) {
        BitSet known = indented.get(boundary);
        if (known == null) {
            BitSet found = new BitSet();
            if (boundaries.isLine(boundary)) {
                found.or(indentation(boundary).outcomes());
                for (int plain : found.stream().toArray()) {
                    found.or(skipping(plain));
                }
            }
            indented.put(boundary, found);
            known = found;
        }
        return known;
    }

    /** What completes a newline token behind its last line end. */
    TokenText indentation(int boundary) {
        return texts.indentation(boundary);
    }

    /** A boundary within a newline token, as the first line of a kind of block has it. */
    int opened(int boundary, int block) {
        return boundaries.closed(boundary, tokens.modes().get(block).inside());
    }

    /** A boundary within a newline token, as it is behind the end of a kind of block. */
    int closed(int boundary, int block) {
        return boundaries.closed(boundary, tokens.modes().get(block).behind());
    }

    private void call(Frame frame, Frame called, int target) {
        called.callers.add(new Caller(frame, target));
        for (int end : called.ends.stream().toArray()) {
            visit(frame, target, end);
        }
    }

    private void end(Frame frame, int boundary) {
        if (!frame.ends.get(boundary)) {
            frame.ends.set(boundary);
            List.copyOf(frame.callers).forEach(caller -> visit(caller.frame, caller.ruleState, boundary));
        }
    }

    /** A block hands up the line that is not its own; it ends with the text, too. */
    private void endBlock(Frame frame, int boundary) {
        if (boundaries.isLine(boundary)) {
            end(frame, closed(boundary, BLOCKS - frame.callee));
        }
        end(frame, boundaries.end());
    }

    /** The boundaries behind one or more tokens that are skipped. */
    BitSet skipping(int boundary) {
        if (!boundaries.isPlain(boundary)) {
            return new BitSet();
        }
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
