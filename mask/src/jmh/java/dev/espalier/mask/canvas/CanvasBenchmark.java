package dev.espalier.mask.canvas;

import java.time.Duration;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Tokenizers;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What charts of canvases for JSON cost with a real vocabulary, found through ESPALIER_DATA. Run by the profile {@code jmh}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class CanvasBenchmark {

    private static final String TEXT = "{\"name\": \"Ada\", \"born\": [1815, 12], \"x\": {\"y\": true}}";

    private static final Limits AMPLE =
            Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(120_000)).withMaxCompileBytes(2L << 30);

    /** The tokenizer. */
    @Param("llama3_1")
    public String tokenizer = "llama3_1";

    /**
     * The canvas: a text with some slots free, apart or in a row; a gap of up to so many tokens, or of any length; blank slots.
     */
    @Param({"apart-4", "apart-8", "row-6", "gap-16", "gap-64", "gap-256", "gap", "blank-16", "blank-64"})
    public String canvas = "blank-16";

    private Vocabulary vocabulary = Vocabulary.builder().token(0, "a").build();
    private CompiledGrammar json = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(Tokenizers.JSON));
    private CanvasParser known = new CanvasParser(json);
    private Canvas asked = Canvas.blank(vocabulary, 0);

    /** Reads the vocabulary and lays the canvas out. */
    @Setup
    public void read() {
        vocabulary = Tokenizers.read(tokenizer);
        json = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(Tokenizers.JSON));
        asked = laidOut(Tokenizers.encode(vocabulary, TEXT));
        known = parser();
        if (!known.parse(asked, budget()).isCompletable()) {
            throw new IllegalStateException(canvas + " is not completable");
        }
    }

    private Canvas laidOut(int[] tokens) {
        String[] parts = canvas.split("-", -1);
        int count = parts.length == 1 ? 0 : Integer.parseInt(parts[1]);
        switch (parts[0]) {
            case "apart" -> {
                for (int k = 0; k < count; k++) {
                    tokens[1 + 2 * k] = Canvas.FREE;
                }
                return Canvas.of(vocabulary, tokens);
            }
            case "row" -> {
                Arrays.fill(tokens, 4, 4 + count, Canvas.FREE);
                return Canvas.of(vocabulary, tokens);
            }
            case "gap" -> {
                CanvasBuilder builder = Canvas.builder(vocabulary).tokens(Arrays.copyOf(tokens, 10));
                return (count > 0 ? builder.gap(0, count) : builder.gapFrom(0))
                        .tokens(Arrays.copyOfRange(tokens, 13, tokens.length))
                        .build();
            }
            default -> {
                return Canvas.blank(vocabulary, count);
            }
        }
    }

    private CanvasParser parser() {
        return canvas.startsWith("gap") ? CanvasParser.withoutEnds(json) : new CanvasParser(json);
    }

    private static WorkBudget budget() {
        return new WorkBudget(AMPLE, new Cancellation());
    }

    /** The chart by a parser that has seen no canvas. */
    @Benchmark
    public CanvasChart first() {
        return parser().parse(asked, budget());
    }

    /** The chart by a parser that has seen this canvas. */
    @Benchmark
    public CanvasChart again() {
        return known.parse(asked, budget());
    }
}
