// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.ModelException;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.StepTrace;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.sampler.decode.MaskedDecoder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The texts of all cases with one model, so many at a time, each with a schema of its own. One thread at a time.
 *
 * <p>Alone, each case is one unit; in a batch all rows are one, and cases come again with other prompts.
 */
final class Scene implements AutoCloseable {

    private final LanguageModel model;
    private final List<List<Row>> units;
    private final OutputCompiler compiler;
    private final Map<Way, MaskedDecoder> decoders = new EnumMap<>(Way.class);
    private final Cancellation stop;

    /**
     * A scene.
     *
     * @param inner the model; not closed with this
     * @param batch how many texts are written at a time
     * @param sharedPrompt how many tokens all prompts begin with
     */
    Scene(LanguageModel inner, List<TextCase> cases, int batch, int sharedPrompt, Cancellation stop) {
        this.stop = stop;
        List<Row> rows = IntStream.range(0, batch == 1 ? cases.size() : batch)
                .mapToObj(row -> new Row(cases.get(row % cases.size()), inner, sharedPrompt, row))
                .toList();
        this.units = batch == 1 ? rows.stream().map(List::of).toList() : List.of(rows);
        this.model = new DictatedModel(inner, rows.stream().map(Row::dictation).toList());
        this.compiler = new OutputCompiler(model.vocabulary());
    }

    /** A text of a case, and how the model is made to write it. */
    private record Row(TextCase source, Dictation dictation) {

        Row(TextCase source, LanguageModel model, int sharedPrompt, long seed) {
            this(source, new Dictation(model.vocabulary(), model.encoder(), source.text(), sharedPrompt, seed));
        }
    }

    /** How many groups of texts there are that are written together. */
    int units() {
        return units.size();
    }

    /** The texts of a unit. */
    int texts(int unit) {
        return units.get(unit).size();
    }

    /**
     * Writes the texts of a unit.
     *
     * @throws CancelledException if the run is to stop
     * @throws ModelException if a text came out other than dictated
     */
    Passage write(int unit, Way way) {
        if (stop.isRequested()) {
            throw new CancelledException("the run was stopped");
        }
        List<Row> rows = units.get(unit);
        if (way == Way.FREE) {
            return free(rows);
        } else if (way == Way.COLD) {
            try (OutputCompiler fresh = new OutputCompiler(model.vocabulary())) {
                return masked(rows, way, fresh);
            }
        }
        return masked(rows, way, compiler);
    }

    private Passage free(List<Row> rows) {
        List<int[]> prompts = rows.stream().map(row -> row.dictation.prompt()).toList();
        PassClock clock = new PassClock();
        long cpu = JavaMachine.allProcessorsNanos();
        List<List<Integer>> written = new FreeLoop(model).write(prompts, clock);
        long end = System.nanoTime();
        cpu = JavaMachine.allProcessorsNanos() - cpu;
        int tokens = 0;
        for (int i = 0; i < rows.size(); i++) {
            require(written.get(i).equals(rows.get(i).dictation.tokens()), rows.get(i), Way.FREE);
            tokens += written.get(i).size();
        }
        Passage passage = new Passage(clock, end, 0, 0, 0, cpu, tokens, 0);
        return new Passage(clock, end, 0, 0, passage.stepped() - passage.forward(), cpu, tokens, 0);
    }

    private Passage masked(List<Row> rows, Way way, OutputCompiler outputs) {
        PassClock clock = new PassClock();
        DecodeListener listener = new DecodeListener() {
            @Override
            public void onStep(StepTrace step) {
                clock.pass(step.forwardStart(), step.forwardEnd());
            }
        };
        SamplingParameters parameters =
                SamplingParameters.DEFAULT.withForcedText(way.forcedText()).withWeights(way == Way.WEIGHED);
        List<DecodeRequest> requests = new ArrayList<>();
        for (Row row : rows) {
            CompiledGrammar grammar = outputs.compile(Output.jsonSchema(row.source.schema()), stop)
                    .grammar();
            requests.add(DecodeRequest.of(row.dictation.prompt(), grammar)
                    .with(parameters)
                    .with(listener)
                    .with(stop));
        }
        MaskedDecoder decoder = decoders.computeIfAbsent(way, this::decoder);
        long cpu = JavaMachine.allProcessorsNanos();
        List<Outcome> outcomes = way == Way.SINGLY ? singly(decoder, requests) : decoder.decode(requests);
        long end = System.nanoTime();
        cpu = JavaMachine.allProcessorsNanos() - cpu;
        return passage(rows, way, clock, outcomes, end, cpu);
    }

    private MaskedDecoder decoder(Way way) {
        return new MaskedDecoder(model, way.maskThreads(), way.batching(), BatchListener.NONE);
    }

    /** Each request is made by a thread of its own. */
    private static List<Outcome> singly(MaskedDecoder decoder, List<DecodeRequest> requests) {
        ExecutorService threads = Executors.newFixedThreadPool(requests.size());
        try {
            List<Future<Outcome>> outcomes = requests.stream()
                    .map(request -> threads.submit(
                            () -> decoder.decode(List.of(request)).get(0)))
                    .toList();
            List<Outcome> done = new ArrayList<>();
            for (Future<Outcome> outcome : outcomes) {
                done.add(outcome.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("the run was interrupted");
        } catch (ExecutionException e) {
            throw new ModelException("a text failed: " + e.getCause(), e);
        } finally {
            threads.shutdown();
        }
    }

    private Passage passage(List<Row> rows, Way way, PassClock clock, List<Outcome> outcomes, long end, long cpu) {
        int tokens = 0;
        int forced = 0;
        long mask = 0;
        long waiting = 0;
        long choosing = 0;
        for (int i = 0; i < rows.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome instanceof Outcome.Cancelled) {
                throw new CancelledException("the run was stopped");
            }
            require(outcome.isComplete(), rows.get(i), way);
            require(outcome.transcript().text().equals(rows.get(i).source.text()), rows.get(i), way);
            Timings timings = outcome.transcript().timings();
            tokens += outcome.transcript().tokens().size();
            forced += outcome.transcript().forcedTokens();
            mask += timings.mask();
            waiting += timings.waiting();
            choosing += timings.sample();
        }
        return new Passage(clock, end, mask, waiting, choosing, cpu, tokens, forced);
    }

    private void require(boolean holds, Row row, Way way) {
        if (!holds) {
            throw new ModelException(
                    "the text of " + row.source.name() + " did not come of it, " + way + ", with " + model.name());
        }
    }

    @Override
    public void close() {
        decoders.values().forEach(MaskedDecoder::close);
        compiler.close();
    }
}
