// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sampler.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The time per token and per text with and without the constraint. A model is loaded when its turn comes, and closed after it. */
public final class EndToEndBench implements Bench<EndToEndResult> {

    private final List<Source> models;
    private final List<Integer> batches;
    private final Plan plan;
    private final Settings settings;
    private final String setting;
    private @Nullable Source source;
    private @Nullable LanguageModel model;

    /**
     * A model to be loaded.
     *
     * @param name what it will be called
     */
    public record Source(String name, Supplier<LanguageModel> loader) {}

    /**
     * How much is run.
     *
     * @param texts how many of the texts that come with the harness are written
     * @param seconds how long each model and batch is measured
     * @param rounds the least number of rounds of each
     * @param ways how texts are decoded, in turns
     * @param sharedPrompt tokens that all prompts begin with
     */
    public record Plan(int texts, int seconds, int rounds, List<Way> ways, int sharedPrompt) {}

    /**
     * A bench.
     *
     * @param batches how many texts are written at a time
     * @param settings what decides the results
     * @param setting in words
     */
    public EndToEndBench(List<Source> models, List<Integer> batches, Plan plan, Settings settings, String setting) {
        this.models = models;
        this.batches = batches;
        this.plan = plan;
        this.settings = settings;
        this.setting = setting;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Class<EndToEndResult> type() {
        return EndToEndResult.class;
    }

    @Override
    public List<Case<EndToEndResult>> cases() {
        List<Case<EndToEndResult>> cases = new ArrayList<>();
        for (Source each : models) {
            for (int batch : batches) {
                List<String> ids = plan.ways.stream()
                        .map(way -> EndToEndResult.id(each.name, batch, way))
                        .toList();
                cases.add(new Case<>(ids, Rounds.STEPS, true, turn -> measure(each, batch, turn)));
            }
        }
        return cases;
    }

    private List<EndToEndResult> measure(Source wanted, int batch, Turn turn) {
        LanguageModel loaded = loaded(wanted);
        List<TextCase> all = TextCase.all();
        List<TextCase> texts = all.subList(0, Math.min(plan.texts, all.size()));
        try (Scene scene = new Scene(loaded, texts, batch, plan.sharedPrompt, turn.stop())) {
            Rounds measured = new Rounds(scene, plan.ways, turn.step());
            measured.run(plan.rounds, plan.seconds * 1_000_000_000L);
            return measured.results(loaded, batch);
        }
    }

    private LanguageModel loaded(Source wanted) {
        LanguageModel loaded = model;
        if (loaded == null || !wanted.equals(source)) {
            close();
            loaded = wanted.loader.get();
            source = wanted;
            model = loaded;
        }
        return loaded;
    }

    @Override
    public View view(List<EndToEndResult> results) {
        return new EndToEndView(results).view(setting);
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
            model = null;
        }
    }
}
