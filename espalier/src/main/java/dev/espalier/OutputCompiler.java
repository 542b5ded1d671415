// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.stats.StoreStats;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import dev.espalier.source.SourceCompiler;
import dev.espalier.stream.ValueReader;
import java.util.Objects;
import java.util.Optional;

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
    private final SourceCompiler sources;
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
        this.sources = new SourceCompiler(limits);
        this.compiler = new GrammarCompiler(vocabulary, limits);
        this.kept = new KeptOutputs(limits.maxCacheBytes() / 2);
    }

    /** The vocabulary that outputs are compiled for. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /**
     * The automaton of an output, without a vocabulary: for faults in its source, its report, and texts that are read byte by byte. Hand it to
     * {@link #compile(CompiledSource)} to compile the source once. Cost: that of reading and compiling; nothing is kept.
     *
     * @throws dev.espalier.core.error.EspalierException when its source is malformed, contradicts itself, asks for what
     *     cannot be enforced, or is past a limit; with place
     */
    public static CompiledSource compileSource(Output<?> output, Limits limits) {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(limits, "limits");
        return new SourceCompiler(limits).compile(output.source(), new Cancellation());
    }

    /**
     * {@link #compileSource(Output, Limits)} with this compiler's readers, which get faster as they are used again, and its
     * limits. Always compiled anew.
     */
    public CompiledSource compileSource(Output<?> output, Cancellation cancellation) {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(cancellation, "cancellation");
        return sources.compile(output.source(), cancellation);
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
     * @throws dev.espalier.core.error.EspalierException as {@link #compileSource}, or when cancelled
     */
    public CompiledOutput compile(Output<?> output, Cancellation cancellation) {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(cancellation, "cancellation");
        CompiledOutput known = kept.get(output.source());
        return known != null ? known : compile(sources.compile(output.source(), cancellation));
    }

    /**
     * A reader of a value whose text somebody else brings: parts are known while it comes. Cost: as {@link #compile(Output)}.
     *
     * @throws InvalidInputException if the output is not made from a JSON Schema or a Java type
     * @throws dev.espalier.core.error.EspalierException as {@link #compileSource}
     */
    public <T> ValueReader<T> reader(Output<T> output) {
        if (!(output.source() instanceof OutputSource.Schema)) {
            throw new InvalidInputException("parts are of outputs with a JSON Schema or a Java type");
        }
        CompiledOutput compiled = compile(output);
        CompiledSource source = compiled.source();
        boolean holds = source.hasKeywords(Enforcement.CHECKED_AT_END) || source.hasKeywords(Enforcement.NOT_ENFORCED);
        return new ValueReader<>(compiled.grammar(), output.parts(), text -> output.read(text, source), holds);
    }

    /** An output that was compiled here before and is among the latest. Cost: a look-up. */
    Optional<CompiledOutput> kept(Output<?> output) {
        return Optional.ofNullable(kept.get(output.source()));
    }

    /**
     * A compiled source, ready to make matchers; equal outputs find it from then on. One that was compiled from an equal source before stays.
     * Cost: constant.
     *
     * @throws dev.espalier.core.error.EspalierException when it names a special token that the vocabulary does not have
     */
    public CompiledOutput compile(CompiledSource source) {
        Objects.requireNonNull(source, "source");
        CompiledOutput known = kept.get(source.source());
        if (known != null) {
            return known;
        }
        CompiledOutput compiled = new CompiledOutput(source, compiler.compile(source.automaton()));
        kept.put(source.source(), compiled, source::estimatedBytes);
        return compiled;
    }

    /** How many sources were compiled here: parts of others, and those that were not kept or failed, included. */
    public long compilations() {
        return sources.compilations();
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
