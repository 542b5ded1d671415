package dev.espalier.mask.encoder;

import dev.espalier.mask.vocabulary.TextEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The time to encode a page of prose and code, and a long run of one character. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncoderBenchmark {

    @Param({"gpt2", "llama2", "llama3_1", "qwen3", "gemma3"})
    public String tokenizer = "";

    private TextEncoder encoder = text -> new int[0];
    private String page = "";
    private final String run = "a".repeat(100_000);

    /** Reads the tokenizer and a page of the documentation. */
    @Setup
    public void read() {
        String data = System.getenv("ESPALIER_DATA");
        if (data == null) {
            throw new IllegalStateException("set ESPALIER_DATA to the folder that has tokenizers/");
        }
        encoder = TextEncoders.read(Path.of(data, "tokenizers", tokenizer + ".json.gz"));
        try {
            page = Files.readString(Path.of("..", "docs", "design", "architecture.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One page. */
    @Benchmark
    public int[] page() {
        return encoder.encode(page);
    }

    /** A run without a break. */
    @Benchmark
    public int[] run() {
        return encoder.encode(run);
    }
}
