// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.automata.state.Horizon;
import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.block.Block;
import dev.espalier.mask.canvas.block.BlockLattice;
import dev.espalier.mask.canvas.block.CompletionSearch;
import dev.espalier.mask.canvas.block.LatticeSums;
import dev.espalier.mask.canvas.block.StackRelaxation;
import dev.espalier.mask.canvas.chart.LeastSlots;
import dev.espalier.mask.canvas.chart.StackInference;
import dev.espalier.mask.canvas.chart.Tabulation;
import dev.espalier.mask.canvas.slot.FrameTable;
import dev.espalier.mask.canvas.slot.Lattice;
import dev.espalier.mask.canvas.slot.TokenSets;
import dev.espalier.mask.canvas.slot.TokenWalks;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A parser of canvases for one grammar, which finds the tokens that each free slot may hold. Exact for every grammar and every frame,
 * ambiguity and empty rules included. Used by one thread at a time; the charts it returns may be used by any thread.
 *
 * <p>What a frame does with the tokens of a free slot does not depend on the slot. These walks are kept from one canvas to
 * the next, until they take more than {@code maxCacheBytes}. {@link StackInference} joins them, and keeps what the next canvas
 * can use; {@link Tabulation} does for endless slots, and where the sets of stacks of the former outgrow half of {@code
 * maxCompileBytes}.
 *
 * <p>Cost: one walk over the vocabulary for each state that a slot can begin in, when it is first met; then, for each slot whose
 * configurations were not met before, what its tokens do to them. With {@link Tabulation} up to cubic in the slots. The budget
 * ends what takes too much with a typed error. See {@code docs/design/canvases.md}.
 */
public final class CanvasParser {

    private static final int[] NONE = {};

    /** No bound on the bytes of a canvas. */
    private static final int ENDLESS = 0;

    /** The number of bytes below which the size of a canvas makes no difference. */
    private static final int SHORT = 1 << 10;

    private static final int MAX_KNOWN = 2;

    private final CompiledGrammar grammar;
    private final boolean padsWithEnds;
    private final long setsBytes;
    private final Vocabulary vocabulary;
    /** Caches for canvases of two sizes, the last used first: to choose a size, longer canvases are asked about than are written. */
    private final Deque<Known> known = new ArrayDeque<>();

    /** The cache for canvases of at most a number of bytes; states that texts of that length cannot distinguish are one. */
    private final class Known {
        final int bytes;
        final FrameTable frames;
        final TokenSets tokenSets = new TokenSets(vocabulary);
        final Map<Integer, TokenWalks> walks = new HashMap<>();

        @Nullable
        StackInference inference;

        Known(int bytes) {
            this.bytes = bytes;
            this.frames = new FrameTable(bytes == ENDLESS ? null : Horizon.of(bytes));
        }

        StackInference inference() {
            StackInference made = inference;
            if (made == null || made.bytes() > setsBytes / 2) {
                made = new StackInference(frames, tokenSets, setsBytes);
                inference = made;
            }
            return made;
        }

        List<TokenWalks> slots(Lattice lattice) {
            List<TokenWalks> slots = new ArrayList<>();
            for (int stretch = 0; stretch < lattice.size(); stretch++) {
                slots.add(walks.computeIfAbsent(lattice.token(stretch), token -> walksOf(token, this)));
            }
            return slots;
        }

        int start() {
            return frames.number(frames.near(grammar.automaton().start()));
        }

        long estimatedBytes() {
            return (inference == null ? 0 : inference.bytes())
                    + frames.bytes()
                    + tokenSets.bytes()
                    + walks.values().stream().mapToLong(TokenWalks::bytes).sum();
        }
    }

    /** A parser that has seen no canvas. Cost: constant. */
    public CanvasParser(CompiledGrammar grammar) {
        this(grammar, true, grammar.limits().maxCompileBytes() / 2);
    }

    /**
     * A parser with less memory for its fast tier.
     *
     * @param setsBytes past which the general tier is asked
     */
    CanvasParser(CompiledGrammar grammar, boolean padsWithEnds, long setsBytes) {
        this.grammar = grammar;
        this.setsBytes = setsBytes;
        this.padsWithEnds = padsWithEnds;
        this.vocabulary = grammar.vocabulary();
    }

    /** A parser whose completions are texts alone, with no end tokens after them: the text fills the canvas. Cost: constant. */
    public static CanvasParser withoutEnds(CompiledGrammar grammar) {
        return new CanvasParser(grammar, false, grammar.limits().maxCompileBytes() / 2);
    }

    /** True if slots after the text may hold end tokens. */
    public boolean padsWithEnds() {
        return padsWithEnds;
    }

    /** The grammar whose texts the completions are. */
    public CompiledGrammar grammar() {
        return grammar;
    }

    /** The chart of a canvas under the grammar's limits, not to be cancelled; throws as {@link #parse(Canvas, WorkBudget)}. */
    public CanvasChart parse(Canvas canvas) {
        return parse(canvas, new WorkBudget(grammar.limits(), new Cancellation()));
    }

    /**
     * The chart of a canvas. A call that throws leaves the parser usable.
     *
     * @param budget bounds the time by {@code compileDeadline}, the memory by {@code maxCompileBytes}; can be cancelled
     * @throws InvalidInputException if the canvas is for a vocabulary of another size
     * @throws dev.espalier.core.error.LimitExceededException past {@code maxCompileBytes}; also past the limits that
     *     the grammar's frames grow under
     * @throws dev.espalier.core.error.CompileTimeoutException past the deadline
     * @throws dev.espalier.core.error.CancelledException when cancelled or interrupted
     */
    public CanvasChart parse(Canvas canvas, WorkBudget budget) {
        return budget.meter().run(() -> parsed(canvas, budget));
    }

    private CanvasChart parsed(Canvas canvas, WorkBudget budget) {
        check(canvas);
        Known of = known(canvas, 0);
        budget.poll();
        if (canvas.hasEndless()) {
            return byChart(canvas, budget);
        }
        boolean keepsOthers = of.inference != null;
        try {
            return bySets(canvas, budget);
        } catch (LimitExceededException tooMuch) {
            of.inference = null;
        }
        if (keepsOthers) {
            try {
                return bySets(canvas, budget);
            } catch (LimitExceededException ambiguous) {
                of.inference = null;
            }
        }
        return byChart(canvas, budget);
    }

    private void check(Canvas canvas) {
        if (canvas.vocabularySize() != vocabulary.size()) {
            throw new InvalidInputException("the canvas is for a vocabulary of " + canvas.vocabularySize()
                    + " ids, the grammar for one of " + vocabulary.size());
        }
    }

    /**
     * Of all canvases that the optional and endless slots of a canvas stand for, and that are completable, one with the
     * fewest slots; optional and endless slots are free ones there, or gone. Memory is what the fast tier takes; grammars for
     * which that is too much are refused.
     *
     * @param most the most slots that it may have in place of optional and endless ones
     * @return empty if there is none; how many slots that would take can be asked with endless slots
     * @throws InvalidInputException if the canvas is for a vocabulary of another size
     * @throws LimitExceededException past {@code maxCompileBytes}
     * @throws dev.espalier.core.error.CompileTimeoutException past the deadline
     * @throws dev.espalier.core.error.CancelledException when cancelled or interrupted
     */
    public Optional<Canvas> least(Canvas canvas, int most, WorkBudget budget) {
        return budget.meter().run(() -> fewest(canvas, most, budget));
    }

    private Optional<Canvas> fewest(Canvas canvas, int most, WorkBudget budget) {
        check(canvas);
        Known of = known(canvas, most);
        budget.poll();
        Lattice lattice = new Lattice(canvas.tokens());
        StackInference sets = of.inference();
        sets.charge(budget);
        return new LeastSlots(sets, lattice, of.slots(lattice), lattice.boundary(padding(canvas)), budget)
                .counts(of.start(), most)
                .map(canvas::withCounts);
    }

    /**
     * The fewest slots that would do if runs of free slots could be longer: those of the canvas if it is completable.
     * Throws as {@link #least}.
     *
     * @param most the most slots that may be added
     * @return empty if more are needed, if no number of slots is enough, or if the canvas has no free slot
     */
    public OptionalInt neededSlots(Canvas canvas, int most, WorkBudget budget) {
        return least(canvas.withEndlessRuns(), most, budget).stream()
                .mapToInt(Canvas::size)
                .findFirst();
    }

    /**
     * The completion of a weighted block whose weight is greatest, if a search finds it; otherwise a good one, with a bound for
     * what is missing to the best. Empty if the canvas has no completion of finite weight.
     *
     * <p>Cost: the masks of the canvas, a bound for each slot, then each expansion one step over the walks from a set of
     * configurations. Peaked weights need a few expansions a slot; the worst case is exponential, hence the limit.
     *
     * @param maxExpansions how many beginnings may be gone on from; the first completion is found without any
     * @param budget as for {@link #parse(Canvas, WorkBudget)}, with the same errors
     * @throws UnsupportedFeatureException if the canvas has endless slots
     * @throws dev.espalier.core.error.InvalidLogitsException if weights are too few, positive infinity or not a number
     */
    public Optional<BestCompletion> best(WeightedBlock block, long maxExpansions, WorkBudget budget) {
        return best(block, maxExpansions, StackRelaxation.MAX_CONTEXTS, budget);
    }

    /** As above, with an upper limit on the size of the relaxation that gives the bounds. */
    Optional<BestCompletion> best(WeightedBlock block, long maxExpansions, int maxContexts, WorkBudget budget) {
        return weighted(block, budget, (lattice, sets) -> {
            StackRelaxation bounds = new StackRelaxation(lattice, sets, known.getFirst().frames, maxContexts);
            return new CompletionSearch(lattice, bounds)
                    .run(maxExpansions)
                    .map(found -> new BestCompletion(block.from(), found));
        });
    }

    /**
     * Probabilities of tokens and exact samples for a weighted block, given that the canvas is a text of the language. Empty if
     * the canvas has no completion of finite weight.
     *
     * <p>Cost: the masks of the canvas, then all sets of configurations that the block's tokens lead to. These are few where
     * nesting is bounded, as in most schemas; in a block of free slots of a recursive grammar their number is exponential in the
     * slots, unless unlikely tokens have the weight of negative infinity.
     *
     * @param maxNodes how many of these sets there may be over all slots
     * @param budget as for {@link #parse(Canvas, WorkBudget)}, with the same errors
     * @throws LimitExceededException past {@code maxNodes}, as {@code maxLatticeNodes}
     * @throws UnsupportedFeatureException if the canvas has endless slots
     * @throws dev.espalier.core.error.InvalidLogitsException if weights are too few, positive infinity or not a number
     */
    public Optional<BlockPosterior> posterior(WeightedBlock block, int maxNodes, WorkBudget budget) {
        return weighted(
                block,
                budget,
                (lattice, sets) ->
                        new LatticeSums(lattice).run(maxNodes).map(sums -> new BlockPosterior(block.from(), sums)));
    }

    private <T> T weighted(
            WeightedBlock block, WorkBudget budget, BiFunction<BlockLattice, StackInference, T> question) {
        return budget.meter().run(() -> answered(block, budget, question));
    }

    private <T> T answered(
            WeightedBlock block, WorkBudget budget, BiFunction<BlockLattice, StackInference, T> question) {
        Canvas canvas = block.canvas();
        check(canvas);
        if (canvas.hasEndless()) {
            throw new UnsupportedFeatureException(
                    "endless slot",
                    "a canvas with endless slots has no weighted blocks; make them free or optional",
                    Place.UNKNOWN);
        }
        Known of = known(canvas, 0);
        budget.poll();
        StackInference sets = of.inference();
        try {
            Lattice lattice = new Lattice(canvas.tokens());
            int padding = padding(canvas);
            StackInference.Sweep sweep = sets.sweep(of.start(), lattice, of.slots(lattice), padding, budget);
            Block slots = new Block(lattice, block.from(), block.to(), block.weights()::apply);
            return question.apply(new BlockLattice(slots, sets, sweep, padding, of.tokenSets, budget), sets);
        } catch (LimitExceededException exceeded) {
            of.inference = sets.isFull() ? null : sets;
            throw exceeded;
        }
    }

    /** The answer of the fast tier, which needs too much memory for some grammars, and for endless slots. */
    CanvasChart bySets(Canvas canvas, WorkBudget budget) {
        Lattice lattice = new Lattice(canvas.tokens());
        Known of = known(canvas, 0);
        return new CanvasChart(
                canvas, of.inference().masks(of.start(), lattice, of.slots(lattice), padding(canvas), budget));
    }

    /** The answer of the general tier, which needs time and memory polynomial in the slots for all grammars. */
    CanvasChart byChart(Canvas canvas, WorkBudget budget) {
        Lattice lattice = new Lattice(canvas.tokens());
        Known of = known(canvas, 0);
        List<TokenWalks> slots = of.slots(lattice);
        slots.add(new TokenWalks(of.frames, TokenTrie.EMPTY, of.tokenSets, NONE, NONE));
        return new CanvasChart(
                canvas,
                new Tabulation(of.frames, of.tokenSets, lattice, slots, budget).masks(of.start(), padding(canvas)));
    }

    /**
     * The cache for canvases of a size, moved to the front.
     *
     * @param more slots that there may be in place of endless ones
     */
    private Known known(Canvas canvas, int more) {
        if (estimatedBytes() > grammar.limits().maxCacheBytes()) {
            known.clear();
        }
        int bytes = canvas.hasEndless() && more == 0 ? ENDLESS : bytes((long) canvas.size() + more);
        Known found = null;
        for (Known each : known) {
            found = each.bytes == bytes ? each : found;
        }
        if (found == null) {
            found = new Known(bytes);
            if (known.size() == MAX_KNOWN) {
                known.removeLast();
            }
        } else {
            known.remove(found);
        }
        known.addFirst(found);
        return found;
    }

    /** A power of two that is no less than the bytes in so many slots. */
    private int bytes(long slots) {
        long bytes = Math.max(SHORT, slots * Math.max(1, vocabulary.longestToken()));
        return bytes > Integer.MAX_VALUE / 2 ? ENDLESS : Integer.highestOneBit((int) bytes - 1) << 1;
    }

    /** The first slot from which on all slots can be end tokens, or absent. */
    private int padding(Canvas canvas) {
        int first = canvas.size();
        while (padsWithEnds && first > 0 && canPad(canvas.token(first - 1))) {
            first--;
        }
        return first;
    }

    private boolean canPad(int token) {
        boolean hasEnd = vocabulary.endIds().length > 0;
        return token < Canvas.FREE || (token == Canvas.FREE ? hasEnd : vocabulary.isEnd(token));
    }

    private TokenWalks walksOf(int token, Known of) {
        IntList named = new IntList();
        IntList symbols = new IntList();
        grammar.namedTokens().forEach((id, all) -> {
            for (int symbol : all) {
                if (token == Canvas.FREE || token == id) {
                    named.add(id);
                    symbols.add(symbol);
                }
            }
        });
        TokenTrie trie = token == Canvas.FREE ? vocabulary.trie() : TokenTrie.of(vocabulary.bytes(token), token);
        return new TokenWalks(of.frames, trie, of.tokenSets, named.toArray(), symbols.toArray());
    }

    /** About how many bytes this parser keeps on the heap from one canvas to the next. Cost: linear in the walks it knows. */
    public long estimatedBytes() {
        return known.stream().mapToLong(Known::estimatedBytes).sum();
    }
}
