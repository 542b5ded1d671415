package dev.espalier.jsonschemabench.infill;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.infill.CostResult.End;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.CompiledGrammar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes the time of all masks after a commit, for each case and size of the canvas. */
public final class CostRun {

    /** A canvas that is filled first and not counted. */
    private static final int WARM_UP = 64;

    private final InfillCases cases;
    private final List<Integer> sizes;
    private final InfillSettings settings;
    private final Cancellation stop;

    /**
     * A run.
     *
     * @param sizes sizes of canvases, each at least 1
     * @param settings of these: tokenizer, order of members, seed, and the time for one canvas
     * @param stop once this is requested, what is under way is dropped and what is done is written
     */
    public CostRun(InfillCases cases, List<Integer> sizes, InfillSettings settings, Cancellation stop) {
        this.cases = cases;
        this.sizes = List.copyOf(sizes);
        this.settings = settings;
        this.stop = stop;
    }

    /** How many canvases there will be. */
    public int size() {
        return cases.size() * sizes.size() * CostForm.values().length;
    }

    /**
     * Runs what the folder's results do not have yet, and writes {@code results.jsonl} there.
     *
     * @param step called after each canvas
     * @return figures over all results in the file
     * @throws dev.espalier.core.error.InvalidInputException if the file cannot be read or written, or is of other settings
     */
    public CostSummary run(Path folder, Runnable step) {
        Settings options = settings.asOptions(true);
        Limits limits = Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(settings.seconds() * 1000L));
        try (ResultsFile<CostResult> file = new ResultsFile<>(folder, options, CostResult::of);
                InfillModels models = new InfillModels(settings.tokenizer(), limits)) {
            boolean warm = false;
            for (int i = 0; i < cases.size(); i++) {
                for (int slots : sizes) {
                    if (!stop.isRequested() && !file.has(CostResult.id(cases.id(i), slots, CostForm.GAPS))) {
                        if (!warm) {
                            walked(models, i, Math.min(WARM_UP, slots));
                            warm = true;
                        }
                        List<CostResult> results = walked(models, i, slots);
                        if (!stop.isRequested()) {
                            results.forEach(file::add);
                        }
                    }
                    for (CostForm unused : CostForm.values()) {
                        step.run();
                    }
                }
            }
            CostSummary summary = new CostSummary(file.results());
            file.finish(summary.toJson());
            return summary;
        }
    }

    private List<CostResult> walked(InfillModels models, int index, int slots) {
        String id = cases.id(index);
        Optional<InfillCase> source = Optional.empty();
        try {
            source = Optional.of(cases.get(index));
            CompiledGrammar grammar = models.compiler(ModelChoice.parse("uniform"))
                    .compile(source.get().output(settings.options()), stop)
                    .grammar();
            return new CostWalk(id, grammar, stop, settings.seedOf(id + slots), settings.seconds() * 1_000_000_000L)
                    .run(slots);
        } catch (EspalierException e) {
            List<Reason> reasons = List.of(Obstacles.reason(e));
            return List.of(
                    CostResult.of(id, slots, CostForm.BLANK, End.FAILED, reasons),
                    CostResult.of(id, slots, CostForm.GAPS, End.FAILED, reasons));
        }
    }
}
