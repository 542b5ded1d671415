package dev.espalier.jsonschemabench.infill;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Fills a canvas for each case, model, size and strategy, and has what comes out judged: schemas by the reference validator,
 * grammars by a recogniser that knows no tokens.
 */
public final class InfillRun {

    private static final long POLL_MILLIS = 50;

    private final InfillCases cases;
    private final List<Variant> variants = new ArrayList<>();
    private final InfillSettings settings;
    private final Workers workers;
    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

    private record Variant(ModelChoice model, int slots, InfillContender strategy) {

        TrialKey of(String source) {
            return new TrialKey(source, "", model.label(), slots, strategy.label());
        }
    }

    /**
     * A run.
     *
     * @param slots sizes of canvases, each at least 1
     * @param workers who runs the cases; when they are stopped, trials under way are dropped and what is done is written
     */
    public InfillRun(
            InfillCases cases,
            List<ModelChoice> models,
            List<Integer> slots,
            List<InfillContender> strategies,
            InfillSettings settings,
            Workers workers) {
        this.cases = cases;
        this.settings = settings;
        this.workers = workers;
        for (ModelChoice model : models) {
            for (int size : slots) {
                strategies.forEach(strategy -> variants.add(new Variant(model, size, strategy)));
            }
        }
    }

    /** How many trials there will be. */
    public int size() {
        return cases.size() * variants.size();
    }

    /**
     * Runs all trials that the folder's results do not have yet, and writes {@code results.jsonl} there.
     *
     * @param step called after each trial, on the thread that ran it
     * @return figures over all results in the file
     * @throws InvalidInputException if the file cannot be read or written, or is of other settings
     */
    public InfillSummary run(Path folder, Runnable step) throws InterruptedException {
        Limits limits = Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(settings.seconds() * 1000L));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (ResultsFile<TrialResult> file = new ResultsFile<>(folder, settings.asOptions(false), TrialResult::of);
                InfillModels models = new InfillModels(settings.tokenizer(), limits)) {
            InfillTrial trial = new InfillTrial(models, settings);
            clock.scheduleAtFixedRate(this::passOn, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (!isDone(file)) {
                warmUp(trial, clock);
            }
            workers.run(cases.size(), i -> {
                for (Variant variant : variants) {
                    if (!file.has(variant.of(cases.id(i)).id())
                            && !workers.stop().isRequested()) {
                        TrialResult result = result(trial, i, variant, clock);
                        if (!workers.stop().isRequested()) {
                            file.add(result);
                        }
                    }
                    step.run();
                }
            });
            InfillSummary summary = new InfillSummary(file.results());
            file.finish(summary.toJson());
            return summary;
        } finally {
            clock.shutdownNow();
        }
    }

    private boolean isDone(ResultsFile<TrialResult> file) {
        return IntStream.range(0, cases.size())
                .allMatch(i -> variants.stream()
                        .allMatch(variant -> file.has(variant.of(cases.id(i)).id())));
    }

    /** Trials of the first case that are not counted: the Java machine's and a network's own start is nobody's time. */
    private void warmUp(InfillTrial trial, ScheduledExecutorService clock) {
        for (Variant variant : variants) {
            if (!workers.stop().isRequested()) {
                TrialResult unused = result(trial, 0, variant, clock);
            }
        }
    }

    /** Ends all trials under way once the run is to stop. */
    private void passOn() {
        if (workers.stop().isRequested()) {
            running.forEach(Cancellation::cancel);
        }
    }

    private TrialResult result(InfillTrial trial, int index, Variant variant, ScheduledExecutorService clock) {
        InfillCase source;
        try {
            source = cases.get(index);
        } catch (InvalidInputException e) {
            Reason why = new Reason("#", "unreadable", String.valueOf(e.getMessage()));
            return TrialResult.of(variant.of(cases.id(index)), TrialEnd.REFUSED, List.of(why));
        }
        Cancellation cancellation = new Cancellation();
        running.add(cancellation);
        ScheduledFuture<?> deadline = clock.schedule(cancellation::cancel, settings.seconds(), TimeUnit.SECONDS);
        try {
            return trial.run(source, variant.model(), variant.slots(), variant.strategy(), cancellation);
        } finally {
            deadline.cancel(false);
            running.remove(cancellation);
        }
    }
}
