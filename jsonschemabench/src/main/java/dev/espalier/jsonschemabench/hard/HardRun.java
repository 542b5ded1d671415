package dev.espalier.jsonschemabench.hard;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CancelledException;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs hard cases one after the other.
 *
 * @param cases the cases
 * @param vocabulary the tokens that masks are over
 * @param encoder cuts texts into tokens
 * @param settings of these: tokenizer and the four below; a folder of results is of one of them
 * @param clock times the steps
 * @param most the most tokens of one text
 * @param runs how many runs of a case are counted
 * @param seconds how long one run of a case may take
 * @param stop once this is requested, what is under way is dropped and what is done is written
 */
public record HardRun(
        HardCases cases,
        Vocabulary vocabulary,
        TextEncoder encoder,
        Settings settings,
        Clock clock,
        int most,
        int runs,
        int seconds,
        Cancellation stop) {

    /** Schemas of 800 levels have more brackets than the default limit lets through. */
    private static final int NESTING = 4_000;

    /** A case that is run first and not counted. */
    private static final String WARM_UP = "person";

    /** How many cases there are. */
    public int size() {
        return cases.cases().size();
    }

    /**
     * Runs what the folder's results do not have yet, and writes {@code results.jsonl} there.
     *
     * @param step called after each case
     * @return figures over all results in the file
     * @throws dev.espalier.core.error.InvalidInputException if the file cannot be read or written, or is of other settings
     */
    public HardSummary run(Path folder, Runnable step) {
        try (ResultsFile<HardResult> file = new ResultsFile<>(folder, settings, HardResult::of)) {
            boolean warm = false;
            for (HardCase each : cases.cases()) {
                if (!stop.isRequested() && !file.has(each.name())) {
                    try {
                        if (!warm) {
                            trial(HardCases.all()
                                            .named(List.of(WARM_UP))
                                            .cases()
                                            .get(0))
                                    .run();
                            warm = true;
                        }
                        file.add(trial(each).run());
                    } catch (CancelledException stopped) {
                        break;
                    }
                }
                step.run();
            }
            HardSummary summary = new HardSummary(file.results());
            file.finish(summary.toJson());
            return summary;
        }
    }

    private HardTrial trial(HardCase source) {
        Limits limits = Limits.DEFAULT
                .withMaxNesting(NESTING)
                .withCompileDeadline(
                        Duration.ofMillis(Duration.ofSeconds(seconds).toMillis()));
        return new HardTrial(source, vocabulary, encoder, limits, clock, most, runs, seconds * 1_000_000_000L, stop);
    }
}
