// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.cold;

import dev.espalier.CompiledOutput;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a fresh Java machine runs: a vocabulary, one output, its first mask and some more. Loads nothing else, so that the times
 * are those of the engine.
 */
final class ColdStart {

    private ColdStart() {}

    /** The output of a schema as all variants compile it. */
    static Output<String> output(String schema) {
        return Output.jsonSchema(schema, SchemaOptions.DEFAULT.allow(Enforcement.NOT_ENFORCED));
    }

    /** The processor time of the whole machine so far, its compilers' among it, in milliseconds; 0 where nobody knows. */
    private static double processor() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e6;
    }

    /**
     * Prints the milliseconds of each {@link ColdPhase} and the trie nodes visited.
     *
     * @param arguments when the machine was started, in microseconds since 1970; the vocabulary's file; the schema's file;
     *     how many masks; whether to warm up before
     */
    public static void main(String[] arguments) throws IOException {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - Long.parseLong(arguments[0]);
        long start = System.nanoTime();
        Vocabulary vocabulary = Vocabulary.read(Path.of(arguments[1]));
        long read = System.nanoTime();
        Output<String> output = output(Files.readString(Path.of(arguments[2])));
        try (OutputCompiler compiler = new OutputCompiler(vocabulary)) {
            long begun = System.nanoTime();
            if (Boolean.parseBoolean(arguments[4])) {
                compiler.warmUp();
            }
            long warm = System.nanoTime();
            CompiledOutput compiled = compiler.compile(output);
            long ready = System.nanoTime();
            compiled.grammar().matcher().mask();
            long first = System.nanoTime();
            ColdWalk walk = new ColdWalk(compiled.grammar().matcher()).go(Integer.parseInt(arguments[3]));
            System.out.println(micros / 1e3 + " " + (read - start) / 1e6 + " " + (warm - begun) / 1e6 + " "
                    + (begun - read + ready - warm) / 1e6 + " " + (first - ready) / 1e6 + " " + walk.nanos() / 1e6 + " "
                    + processor() + " " + walk.nodes());
        }
    }
}
