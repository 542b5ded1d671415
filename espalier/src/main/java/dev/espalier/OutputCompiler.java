package dev.espalier;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.frame.StoreStats;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.Objects;

/**
 * Compiles outputs for one vocabulary and keeps the latest of them: what a {@link Generator} works with, and the front door
 * for inference engines that bring a decoding loop of their own and want schemas, regular expressions and choices beside
 * grammars.
 *
 * <p>Thread-safe. All outputs share one bounded store of masks. At most 256 compiled outputs that hold half of
 * {@link Limits#maxCacheBytes}, what they learn while they are used included, are kept, the least recently used going first;
 * the last one stays however much it holds. Failures are not kept.
 */
public final class OutputCompiler implements AutoCloseable {

    private static final int WARM_UP_ROUNDS = 10;

    private final Vocabulary vocabulary;
    private final ConstraintReader reader;
    private final GrammarCompiler compiler;
    private final KeptOutputs kept;

    /** A compiler under the default limits. */
    public OutputCompiler(Vocabulary vocabulary) {
        this(vocabulary, Limits.DEFAULT);
    }

    /** A compiler under some limits. Schemas bring limits of their own in their options. */
    public OutputCompiler(Vocabulary vocabulary, Limits limits) {
        Objects.requireNonNull(vocabulary, "vocabulary");
        Objects.requireNonNull(limits, "limits");
        this.vocabulary = vocabulary;
        this.reader = new ConstraintReader(limits);
        this.compiler = new GrammarCompiler(vocabulary, limits);
        this.kept = new KeptOutputs(limits.maxCacheBytes() / 2);
    }

    /**
     * What an output allows, as bytes, without a vocabulary. Cost: that of reading and compiling; nothing is kept.
     *
     * @throws dev.espalier.core.error.EspalierException when its source is malformed, contradicts itself, asks for what
     *     cannot be enforced, or is past a limit; with place
     */
    public static Language language(Output<?> output, Limits limits) {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(limits, "limits");
        return new ConstraintReader(limits).read(output.constraint(), new Cancellation());
    }

    /**
     * {@link #language(Output, Limits)} with this compiler's readers, which get faster as they are used again, and its
     * limits. Always read anew.
     */
    public Language read(Output<?> output, Cancellation cancellation) {
        return reader.read(output.constraint(), cancellation);
    }

    /** {@link #warmUp(int, Cancellation)} with as many rounds as are usually enough. */
    public void warmUp() {
        warmUp(WARM_UP_ROUNDS, new Cancellation());
    }

    /**
     * Lets the Java machine compile what masks take, and lays out the tables of the vocabulary, before the first masks of real outputs are asked
     * for: a mask is ten times as slow, or more, in code that is not compiled yet. For servers, before the first request. No output and no mask
     * of it is kept. May run beside other work.
     *
     * <p>Cost: some seconds of processor time, part of it on the machine's compiler threads.
     *
     * @param rounds how often six built-in outputs are compiled and written; 0 for none
     * @throws InvalidInputException if there are less than none
     * @throws dev.espalier.core.error.CancelledException when cancelled or interrupted
     */
    public void warmUp(int rounds, Cancellation cancellation) {
        Objects.requireNonNull(cancellation, "cancellation");
        if (rounds < 0) {
            throw new InvalidInputException("expected a number of rounds, 0 or more, but not " + rounds);
        }
        new WarmUp(vocabulary, cancellation).run(rounds);
    }

    /** {@link #compile(Output, Cancellation)} that nobody cancels. */
    public CompiledOutput compile(Output<?> output) {
        return compile(output, new Cancellation());
    }

    /**
     * An output, ready to make matchers. Cost: a look-up when it is among the latest; else that of compiling it, a
     * fraction of a millisecond for ordinary schemas. Masks are computed when they are needed.
     *
     * @throws dev.espalier.core.error.EspalierException as {@link #language}, or when cancelled
     */
    public CompiledOutput compile(Output<?> output, Cancellation cancellation) {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(cancellation, "cancellation");
        Constraint constraint = output.constraint();
        CompiledOutput known = kept.get(constraint);
        if (known != null) {
            return known;
        }
        long start = System.nanoTime();
        ConstraintReader.Weighed read = reader.weighed(constraint, cancellation);
        CompiledGrammar grammar = compiler.compile(read.language().automaton());
        CompiledOutput compiled =
                new CompiledOutput(read.language(), grammar, Duration.ofNanos(System.nanoTime() - start));
        kept.put(constraint, compiled, read.bytes());
        return compiled;
    }

    /** Estimated bytes of the compiled outputs that are kept, each as of when it was last compiled or found. Cost: constant. */
    public long keptBytes() {
        return kept.bytes();
    }

    /** How many compiled outputs are kept. */
    public int keptOutputs() {
        return kept.size();
    }

    /** Sizes and hits of the store of masks. */
    public StoreStats stats() {
        return compiler.stats();
    }

    /** Frees all masks. What was compiled can no longer be used. */
    @Override
    public void close() {
        kept.clear();
        compiler.close();
    }
}
