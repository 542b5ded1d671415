// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.drafts;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.ModelException;
import dev.espalier.jsonschemabench.quality.AnswerWay;
import dev.espalier.jsonschemabench.quality.AskedModel;
import dev.espalier.jsonschemabench.quality.QualityTask;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.sampler.decode.MaskedDecoder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The texts of some tasks with one model, so many at a time. One thread at a time. */
final class DraftScene implements AutoCloseable {

    private final AskedModel asked;
    private final Optional<LanguageModel> small;
    private final DraftsBench.Plan plan;
    private final int batch;
    private final Cancellation stop;
    private final OutputCompiler compiler;
    private final List<Row> rows = new ArrayList<>();
    private final Map<DraftKind, MaskedDecoder> decoders = new EnumMap<>(DraftKind.class);
    private final AtomicInteger passes = new AtomicInteger();

    /** What the model reads, and what it may write then. */
    private record Row(int[] prompt, CompiledGrammar grammar, int budget) {}

    /**
     * What was written in one way.
     *
     * @param nanos how long all took
     * @param passes forward passes
     * @param transcripts the texts
     */
    record Written(long nanos, int passes, List<Transcript> transcripts) {}

    /**
     * A scene.
     *
     * @param small drafts, if there is one
     * @param batch how many texts are written at a time
     * @param grammar whether under their schemas; else freely
     */
    DraftScene(
            AskedModel asked,
            Optional<LanguageModel> small,
            DraftsBench.Plan plan,
            int batch,
            boolean grammar,
            Cancellation stop) {
        this.asked = asked;
        this.small = small;
        this.plan = plan;
        this.batch = batch;
        this.stop = stop;
        this.compiler = new OutputCompiler(asked.model().vocabulary());
        for (QualityTask task : plan.tasks()) {
            Output<String> output = grammar ? Output.jsonSchema(task.schema()) : Output.text();
            int[] prompt = asked.prompt(task, AnswerWay.DECLARED);
            int room = asked.model().contextLength() - prompt.length;
            CompiledGrammar compiled = compiler.compile(output, stop).grammar();
            int least = TokenConstraint.of(compiled).leastTokensToEnd();
            int budget = Math.max(least, Math.min(plan.tokens(), task.kind().budget()));
            rows.add(new Row(prompt, compiled, Math.min(room, budget)));
        }
    }

    /**
     * Writes the texts of all tasks.
     *
     * @throws CancelledException if the run is to stop
     */
    Written write(DraftWay way) {
        MaskedDecoder decoder = decoders.computeIfAbsent(way.kind(), this::decoder);
        List<Transcript> transcripts = new ArrayList<>();
        SamplingParameters parameters =
                SamplingParameters.DEFAULT.withWeights(false).withDraftTokens(way.length());
        int before = passes.get();
        long start = System.nanoTime();
        for (int from = 0; from < rows.size(); from += batch) {
            List<DecodeRequest> requests = rows.subList(from, Math.min(rows.size(), from + batch)).stream()
                    .map(row -> DecodeRequest.of(row.prompt, row.grammar)
                            .with(parameters.withMaxTokens(row.budget))
                            .with(stop))
                    .toList();
            decoder.decode(requests).forEach(outcome -> transcripts.add(transcript(outcome)));
        }
        return new Written(System.nanoTime() - start, passes.get() - before, transcripts);
    }

    /** The text of an outcome: one that ran out of its budget counts, too. */
    private Transcript transcript(Outcome outcome) {
        if (outcome instanceof Outcome.Cancelled) {
            throw new CancelledException("the run was stopped");
        }
        if (outcome instanceof Outcome.Refused || outcome instanceof Outcome.ModelFailed) {
            throw new ModelException(
                    "a text was not written with " + asked.model().name() + ": " + outcome);
        }
        return outcome.transcript();
    }

    private MaskedDecoder decoder(DraftKind kind) {
        DraftOptions drafts = plan.options();
        if (kind == DraftKind.MODEL && small.isPresent()) {
            drafts = drafts.withModel(small.get());
        } else if (kind == DraftKind.RECYCLED) {
            drafts = drafts.withRecycled(plan.recycled());
        }
        BatchOptions options = BatchOptions.DEFAULT.withMaxRows(batch).with(drafts);
        return new MaskedDecoder(asked.model(), options, pass -> passes.incrementAndGet());
    }

    @Override
    public void close() {
        decoders.values().forEach(MaskedDecoder::close);
        compiler.close();
    }
}
