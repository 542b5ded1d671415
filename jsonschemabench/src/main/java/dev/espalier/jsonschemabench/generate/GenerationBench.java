// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The protocol of JSONSchemaBench's paper (Geng et al., arXiv:2501.10868): for each schema of a corpus a model writes an
 * instance, which an independent validator judges.
 *
 * @param corpus what to run, in this order
 * @param trial runs one schema; closed with this
 * @param threads how many schemas at a time
 * @param setting what was run in words, of how many results there are
 */
public record GenerationBench(SchemaCorpus corpus, GenerationTrial trial, int threads, IntFunction<String> setting)
        implements Bench<GenerationResult> {

    private static final int WARM_UP = 3;

    @Override
    public Settings settings() {
        return trial.settings().options();
    }

    @Override
    public Class<GenerationResult> type() {
        return GenerationResult.class;
    }

    @Override
    public List<Case<GenerationResult>> cases() {
        return IntStream.range(0, corpus.size())
                .mapToObj(i -> Case.of(corpus.id(i), turn -> result(trial, i, turn)))
                .toList();
    }

    /** A few schemas that are not counted: the Java machine's and the network's own start is nobody's time. */
    @Override
    public void begin(Turn turn) {
        try (GenerationTrial uncounted = trial.another()) {
            for (int i = 0; i < Math.min(WARM_UP, corpus.size()) && !turn.stop().isRequested(); i++) {
                GenerationResult unused = result(uncounted, i, turn);
            }
        }
    }

    private GenerationResult result(GenerationTrial with, int index, Turn turn) {
        BenchSchema schema;
        try {
            schema = corpus.schema(index);
        } catch (InvalidInputException e) {
            SchemaOutcome unreadable = SchemaOutcome.unreadable(corpus.id(index), String.valueOf(e.getMessage()));
            return new GenerationResult(unreadable, Optional.empty(), Optional.empty());
        }
        Duration time = Duration.ofSeconds(trial.settings().schemaSeconds());
        GenerationResult result = with.constrained(schema, turn.within(time));
        return trial.settings().unconstrained() ? result.withFree(with.free(schema, turn.within(time))) : result;
    }

    @Override
    public View view(List<GenerationResult> results) {
        return new GenerationView(results).view(setting.apply(results.size()));
    }

    @Override
    public void close() {
        trial.close();
    }
}
