package dev.espalier;

import dev.espalier.grammar.Cancellation;
import dev.espalier.grammar.Limits;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.StoreStats;
import dev.espalier.mask.Vocabulary;
import dev.espalier.mask.file.TableWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles outputs for one vocabulary and keeps the latest of them: what a {@link Generator} works with, and the front door
 * for inference engines that bring a decoding loop of their own and want schemas, regular expressions and choices beside
 * grammars.
 *
 * <p>Thread-safe. All outputs share one bounded store of masks. At most 256 compiled outputs with 16 MiB of source text
 * are kept, the least recently used going first; failures are not kept.
 */
public final class OutputCompiler implements AutoCloseable {

    private static final int MAX_ENTRIES = 256;
    private static final long MAX_BYTES = 16L << 20;

    private final ConstraintReader reader;
    private final GrammarCompiler compiler;
    private final Map<Constraint, CompiledOutput> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    /** A compiler under the default limits. */
    public OutputCompiler(Vocabulary vocabulary) {
        this(vocabulary, Limits.DEFAULT);
    }

    /** A compiler under some limits. Schemas bring limits of their own in their options. */
    public OutputCompiler(Vocabulary vocabulary, Limits limits) {
        this.reader = new ConstraintReader(limits);
        this.compiler = new GrammarCompiler(vocabulary, limits);
    }

    /**
     * What an output allows, as bytes, without a vocabulary. Cost: that of reading and compiling; nothing is kept.
     *
     * @throws dev.espalier.grammar.error.EspalierException when its source is malformed, contradicts itself, asks for what
     *     cannot be enforced, or is past a limit; with place
     */
    public static Language language(Output<?> output, Limits limits) {
        return new ConstraintReader(limits).read(output.constraint(), new Cancellation());
    }

    /**
     * {@link #language(Output, Limits)} with this compiler's readers, which get faster as they are used again, and its
     * limits. Always read anew.
     */
    public Language read(Output<?> output, Cancellation cancellation) {
        return reader.read(output.constraint(), cancellation);
    }

    /** {@link #compile(Output, Cancellation)} that nobody cancels. */
    public CompiledOutput compile(Output<?> output) {
        return compile(output, new Cancellation());
    }

    /**
     * An output, ready to make matchers. Cost: a look-up when it is among the latest; else that of compiling it, a
     * fraction of a millisecond for ordinary schemas. Masks are computed when they are needed, or read where the output
     * is {@linkplain Output#saved saved} with some.
     *
     * @throws dev.espalier.grammar.error.EspalierException as {@link #language}, when cancelled, or when the saved masks are of
     *     another vocabulary
     */
    public CompiledOutput compile(Output<?> output, Cancellation cancellation) {
        Constraint constraint = output.constraint();
        CompiledOutput known = kept(constraint);
        if (known != null) {
            return known;
        }
        long start = System.nanoTime();
        Language language = reader.read(constraint, cancellation);
        CompiledGrammar grammar = compiler.compile(language.automaton());
        output.saved().ifPresent(file -> grammar.readMasks(file.tables()));
        CompiledOutput compiled = new CompiledOutput(language, grammar, Duration.ofNanos(System.nanoTime() - start));
        keep(constraint, compiled);
        return compiled;
    }

    private @Nullable CompiledOutput kept(Constraint constraint) {
        synchronized (kept) {
            return kept.get(constraint);
        }
    }

    private void keep(Constraint constraint, CompiledOutput compiled) {
        synchronized (kept) {
            if (constraint.size() > MAX_BYTES || kept.put(constraint, compiled) != null) {
                return;
            }
            keptBytes += constraint.size();
            Iterator<Constraint> oldest = kept.keySet().iterator();
            while (kept.size() > MAX_ENTRIES || keptBytes > MAX_BYTES) {
                keptBytes -= oldest.next().size();
                oldest.remove();
            }
        }
    }

    /**
     * Writes an output to a file, from which {@link Output#saved} reads it back for this vocabulary: its source with all
     * options, and masks of the states that a breadth-first walk meets and of those along some texts, which are made now where
     * they are not known yet. Cost: that of making them.
     *
     * @param maxStates how many states of the walk to look at; 0 for none
     * @param examples texts like those that will be written; each counts as far as the output allows it
     * @return the number of states whose masks are in the file; the cheapest are left out
     * @throws dev.espalier.grammar.error.EspalierException when the output cannot be compiled, or the file not be written
     */
    public int save(Output<?> output, Path file, int maxStates, List<String> examples) {
        TableWriter out = CompiledFile.begin(output.constraint());
        int states = write(output, out, maxStates, examples);
        out.writeTo(file);
        return states;
    }

    /** {@link #save(Output, Path, int, List)} to bytes, for {@link Output#saved(byte[], String)}. */
    public byte[] save(Output<?> output, int maxStates, List<String> examples) {
        TableWriter out = CompiledFile.begin(output.constraint());
        write(output, out, maxStates, examples);
        return out.toBytes();
    }

    private int write(Output<?> output, TableWriter out, int maxStates, List<String> examples) {
        List<byte[]> texts = examples.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        return compile(output).grammar().writeMasks(out, maxStates, texts, new Cancellation());
    }

    /** Sizes and hits of the store of masks. */
    public StoreStats stats() {
        return compiler.stats();
    }

    /** Frees all masks. What was compiled can no longer be used. */
    @Override
    public void close() {
        synchronized (kept) {
            kept.clear();
            keptBytes = 0;
        }
        compiler.close();
    }
}
