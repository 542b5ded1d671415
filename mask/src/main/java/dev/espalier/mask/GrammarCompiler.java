// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Syntax;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.stack.GrammarMemories;
import dev.espalier.mask.stack.GrammarMemory;
import dev.espalier.mask.stats.StoreStats;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Map;
import java.util.Objects;

/**
 * A compiler of grammars for one vocabulary, and the owner of the caches that they share. Compiling a grammar computes nothing over the
 * vocabulary; masks are made on first use.
 *
 * <p>Thread-safe. Its caches stay within {@link Limits#maxCacheBytes}; {@link #close} empties them.
 */
public final class GrammarCompiler implements AutoCloseable {

    private final Vocabulary vocabulary;
    private final Limits limits;
    private final Tuning tuning;
    private final MaskStore store;
    private final GrammarMemories memories;
    private final boolean ownsStore;

    /** A compiler under {@link Limits#DEFAULT}. */
    public GrammarCompiler(Vocabulary vocabulary) {
        this(vocabulary, Limits.DEFAULT);
    }

    /** A compiler with a store of its own. */
    public GrammarCompiler(Vocabulary vocabulary, Limits limits) {
        this(vocabulary, limits, new MaskStore(vocabulary, limits), Tuning.DEFAULT, true);
    }

    /**
     * A compiler that shares the masks of this one, which must be closed last.
     *
     * @param other a vocabulary with the tokens of this one: other end tokens, say
     * @param otherLimits the limits of what the new compiler compiles
     * @throws InvalidInputException if the vocabulary has other tokens
     */
    public GrammarCompiler sharing(Vocabulary other, Limits otherLimits) {
        return new GrammarCompiler(other, otherLimits, store);
    }

    /** A compiler that shares a store with others. */
    GrammarCompiler(Vocabulary vocabulary, Limits limits, MaskStore store) {
        this(vocabulary, limits, store, Tuning.DEFAULT, false);
    }

    /** A compiler with other thresholds between its algorithms. */
    GrammarCompiler(Vocabulary vocabulary, Limits limits, MaskStore store, Tuning tuning) {
        this(vocabulary, limits, store, tuning, false);
    }

    private GrammarCompiler(Vocabulary vocabulary, Limits limits, MaskStore store, Tuning tuning, boolean ownsStore) {
        Objects.requireNonNull(vocabulary, "vocabulary");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(store, "store");
        this.ownsStore = ownsStore;
        this.tuning = tuning;
        if (!store.fits(vocabulary)) {
            throw new InvalidInputException("the mask store belongs to another vocabulary or another size of it");
        }
        this.vocabulary = vocabulary;
        this.limits = limits;
        this.store = store;
        this.memories = new GrammarMemories(limits);
    }

    /** A grammar without external frames, not to be cancelled; throws as {@link #compile(Syntax, Map, Cancellation)}. */
    public CompiledGrammar compile(Syntax grammar) {
        return compile(grammar, Map.of());
    }

    /** Not to be cancelled; throws as {@link #compile(Syntax, Map, Cancellation)}. */
    public CompiledGrammar compile(Syntax grammar, Map<String, PushdownAutomaton> externals) {
        return compile(grammar, externals, new Cancellation());
    }

    /**
     * A grammar ready for this vocabulary. Cost: about linear in the grammar.
     *
     * @param externals what the grammar's external expressions stand for, by name: languages without the empty text and without special tokens
     * @param cancellation ends the compilation soon
     * @throws ReferenceException if a rule, an external expression or a special token's name leads nowhere
     * @throws UnsatisfiableException if the grammar has no sentence
     * @throws UnsupportedFeatureException if a construct cannot be enforced exactly
     * @throws InvalidInputException if the grammar names a token id that the vocabulary does not have
     * @throws LimitExceededException past a limit
     * @throws CompileTimeoutException past the deadline
     * @throws CancelledException when cancelled or interrupted
     */
    public CompiledGrammar compile(
            Syntax grammar, Map<String, PushdownAutomaton> externals, Cancellation cancellation) {
        Objects.requireNonNull(grammar, "grammar");
        Objects.requireNonNull(externals, "externals");
        Objects.requireNonNull(cancellation, "cancellation");
        return ready(AutomatonCompiler.compile(grammar, externals, new WorkBudget(limits, cancellation)));
    }

    /** An automaton that was compiled elsewhere; throws {@link EspalierException}s for its special tokens only. */
    public CompiledGrammar compile(PushdownAutomaton automaton) {
        Objects.requireNonNull(automaton, "automaton");
        return ready(automaton);
    }

    private CompiledGrammar ready(PushdownAutomaton automaton) {
        return new CompiledGrammar(vocabulary, automaton, new GrammarMemory(store, memories), limits, tuning);
    }

    /** The vocabulary. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The limits that grammars are compiled, and masks made, under. */
    public Limits limits() {
        return limits;
    }

    /** The caches of the grammars, beside the store. */
    GrammarMemories memories() {
        return memories;
    }

    /** The store of masks. */
    MaskStore store() {
        return store;
    }

    /** Statistics of the store of masks so far. */
    public StoreStats stats() {
        return store.stats();
    }

    /**
     * Estimated bytes that this compiler's caches hold now, in all: those of grammars that are not used any more count until
     * the collector has found them. Cost: linear in the number of grammars in use.
     */
    public long cacheBytes() {
        return store.stats().bytes() + memories.bytes();
    }

    /** Empties the caches. Compiled grammars go on working. A store that was given in is left alone. */
    @Override
    public void close() {
        memories.clear();
        if (ownsStore) {
            store.clear();
        }
    }
}
