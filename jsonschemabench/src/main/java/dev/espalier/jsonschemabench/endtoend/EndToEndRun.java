package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sampler.LanguageModel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes the time per token and per text with and without the constraint.
 *
 * @param texts how many of the texts that come with the harness are written
 * @param models the models, each loaded when its turn comes, and closed after it
 * @param batches how many texts are written at a time
 * @param seconds how long each model and batch is measured
 * @param rounds the least number of rounds of each
 * @param settings what decides the results
 * @param stop once this is requested, what is under way is dropped and what is done is written
 */
public record EndToEndRun(
        int texts,
        List<Supplier<LanguageModel>> models,
        List<Integer> batches,
        int seconds,
        int rounds,
        Settings settings,
        Cancellation stop) {

    /** Copies the lists. */
    public EndToEndRun {
        models = List.copyOf(models);
        batches = List.copyOf(batches);
    }

    /** How often a run says that it got on. */
    public int size() {
        return models.size() * batches.size() * Rounds.STEPS;
    }

    /**
     * Runs what the folder's results do not have yet, and writes {@code results.jsonl} there.
     *
     * @param step called as the run gets on, {@link #size()} times in all
     * @return figures over all results in the file
     * @throws dev.espalier.core.error.InvalidInputException if the file cannot be read or written, or is of other settings
     * @throws dev.espalier.core.error.ModelException if a model cannot be loaded, or fails
     */
    public EndToEndSummary run(Path folder, Runnable step) {
        List<TextCase> all = TextCase.all();
        List<TextCase> cases = all.subList(0, Math.min(texts, all.size()));
        try (ResultsFile<EndToEndResult> file = new ResultsFile<>(folder, settings, EndToEndResult::of)) {
            for (Supplier<LanguageModel> source : models) {
                if (stop.isRequested()) {
                    break;
                }
                try (LanguageModel model = source.get()) {
                    for (int batch : batches) {
                        measure(model, batch, cases, file, step);
                    }
                } catch (CancelledException stopped) {
                    break;
                }
            }
            EndToEndSummary summary = new EndToEndSummary(file.results());
            file.finish(summary.toJson());
            return summary;
        }
    }

    private void measure(
            LanguageModel model, int batch, List<TextCase> cases, ResultsFile<EndToEndResult> file, Runnable step) {
        Way[] ways = Way.values();
        if (file.has(EndToEndResult.id(model.name(), batch, ways[ways.length - 1]))) {
            for (int i = 0; i < Rounds.STEPS; i++) {
                step.run();
            }
            return;
        }
        try (Scene scene = new Scene(model, cases, batch, stop)) {
            Rounds measured = new Rounds(scene, step);
            measured.run(rounds, seconds * 1_000_000_000L);
            measured.results(model, batch).forEach(file::add);
        }
    }
}
