// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.stats.StoreStats;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * MaskBench's protocol: each schema is compiled, each of its instances is tokenised, and for every token a mask
 * is made and the token accepted, until one is refused; the end of the text counts as one more token. Unlike MaskBench
 * the end is checked. One schema is run by one thread. All may be read several times, by as many engines side by side; then each
 * step's least time counts.
 */
public final class Maskbench implements Bench<SchemaResult> {

    private final SchemaCorpus corpus;
    private final Protocol protocol;
    private final Settings settings;
    private final Plan plan;
    private final IntFunction<String> setting;
    private final SchemaCorpus weighed;
    private List<Engine> engines = List.of();
    private long collectionsBefore;
    private RunFigures figures = new RunFigures(new StoreStats(0, 0, 0, 0, 0, 0, 0), 0, Optional.empty());

    /**
     * How much is run.
     *
     * @param threads how many run schemas
     * @param warmup schemas that are run first and not counted, with caches of their own, so that no time is the Java
     *     machine's own start
     * @param readings how often each schema is read, at least 1
     * @param weighed how many schemas, spread over all, are measured on the heap after that; 0 for none
     */
    public record Plan(int threads, int warmup, int readings, int weighed) {}

    /**
     * A run.
     *
     * @param corpus what to run
     * @param protocol how schemas are read
     * @param settings what else decides the results
     * @param setting what was run in words, of how many results there are
     */
    public Maskbench(
            SchemaCorpus corpus, Protocol protocol, Settings settings, Plan plan, IntFunction<String> setting) {
        this.corpus = corpus;
        this.protocol = protocol;
        this.settings = settings;
        this.plan = plan;
        this.setting = setting;
        this.weighed = corpus.limited(plan.weighed());
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Class<SchemaResult> type() {
        return SchemaResult.class;
    }

    @Override
    public int threads() {
        return plan.threads();
    }

    @Override
    public List<Case<SchemaResult>> cases() {
        return IntStream.range(0, corpus.size())
                .mapToObj(i -> Case.of(corpus.id(i), turn -> result(corpus, i, engines, turn)))
                .toList();
    }

    @Override
    public void begin(Turn turn) {
        try (Engine engine = protocol.engine()) {
            SchemaCorpus some = corpus.limited(plan.warmup());
            for (int i = 0; i < some.size() && !turn.stop().isRequested(); i++) {
                SchemaResult unused = result(some, i, List.of(engine), turn);
            }
        }
        engines = Stream.generate(protocol::engine).limit(plan.readings()).toList();
        collectionsBefore = JavaMachine.collectionNanos();
    }

    private SchemaResult result(SchemaCorpus some, int index, List<Engine> with, Turn turn) {
        BenchSchema schema;
        try {
            schema = some.schema(index);
        } catch (InvalidInputException e) {
            return SchemaResult.unreadable(some.id(index), String.valueOf(e.getMessage()));
        }
        return new SchemaTrial(with, protocol).run(schema, turn.stop());
    }

    @Override
    public void end(Path folder, Turn turn) {
        if (!engines.isEmpty()) {
            StoreStats store = engines.get(0).grammars().stats();
            figures = new RunFigures(store, JavaMachine.collectionNanos() - collectionsBefore, Optional.empty());
            close();
        }
        if (weighed.size() > 0 && !turn.stop().isRequested()) {
            RetainedSummary retained =
                    new RetainedSummary(new RetainedTrial(protocol, turn.stop()).run(weighed, turn.step()));
            retained.write(folder);
            figures = new RunFigures(figures.store(), figures.collectionNanos(), Optional.of(retained));
        }
    }

    @Override
    public int stepsAtEnd() {
        return weighed.size();
    }

    @Override
    public View view(List<SchemaResult> results) {
        return new MaskbenchView(results, figures).view(setting.apply(results.size()));
    }

    @Override
    public void close() {
        engines.forEach(Engine::close);
        engines = List.of();
    }
}
