// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.sampler.decode.MaskedDecoder;
import java.util.List;
import java.util.Optional;

/** Has a model answer one task after the other, greedily. One thread at a time: the times are those of the whole process. */
final class QualityTrial implements AutoCloseable {

    private static final Output<String> ANYTHING = Output.text();

    private final AnswerJudge judge = new AnswerJudge();
    private final AskedModel asked;
    private final OutputCompiler compiler;
    private final MaskedDecoder decoder;

    /** A trial with a model, which is not closed with it. */
    QualityTrial(AskedModel asked) {
        this.asked = asked;
        this.compiler = new OutputCompiler(asked.model().vocabulary());
        this.decoder = new MaskedDecoder(asked.model());
    }

    static String id(AnswerWay way, QualityTask task) {
        return way + "/" + task.id();
    }

    /**
     * The answer to a task, judged.
     *
     * @throws dev.espalier.core.error.EspalierException if the schema cannot be compiled, or that is cancelled
     */
    Answer answer(QualityTask plain, AnswerWay way, Cancellation stop) {
        QualityTask task = way.asked(plain);
        int budget = task.kind().budget();
        long processors = JavaMachine.allProcessorsNanos();
        long start = System.nanoTime();
        int[] prompt = asked.prompt(task, way);
        Output<String> output = way.isMasked() ? Output.jsonSchema(task.schema(), way.options()) : ANYTHING;
        DecodeRequest request = DecodeRequest.of(
                        prompt, compiler.compile(output, stop).grammar())
                .with(SamplingParameters.DEFAULT
                        .withMaxTokens(budget)
                        .withWeights(false)
                        .withDraftTokens(way.draftTokens()))
                .with(stop);
        Outcome outcome = decoder.decode(List.of(request)).get(0);
        long wall = System.nanoTime() - start;
        long cpu = JavaMachine.allProcessorsNanos() - processors;
        String text = outcome.transcript().text();
        return new Answer(
                id(way, task),
                asked.engine(),
                way.toString(),
                task.id(),
                task.kind(),
                text,
                outcome.isComplete()
                        ? ""
                        : Obstacles.failure(outcome).map(Throwable::getMessage).orElse("not complete"),
                prompt.length,
                outcome.transcript().tokens().size(),
                budget,
                cpu,
                wall,
                Optional.empty(),
                Optional.of(judge.score(task, text)));
    }

    @Override
    public void close() {
        decoder.close();
        compiler.close();
    }
}
