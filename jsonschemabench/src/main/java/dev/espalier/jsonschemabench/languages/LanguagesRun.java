package dev.espalier.jsonschemabench.languages;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads texts of languages, one after the other, on the calling thread. */
public final class LanguagesRun {

    private final List<LanguageText> texts;
    private final LanguageTrial trial;
    private final Settings settings;
    private final Cancellation stop;

    /**
     * A run.
     *
     * @param texts one of each language
     * @param vocabulary the tokens
     * @param encoder the same vocabulary's tokenizer
     * @param readings how often each text is read; the least time of each token counts
     * @param seconds time for one reading
     * @param settings what decides the results
     * @param stop once this is requested, what is under way is dropped and what is done is written
     */
    public LanguagesRun(
            List<LanguageText> texts,
            Vocabulary vocabulary,
            TextEncoder encoder,
            int readings,
            int seconds,
            Settings settings,
            Cancellation stop) {
        this.texts = List.copyOf(texts);
        this.trial = new LanguageTrial(vocabulary, encoder, limits(seconds), readings, seconds, stop);
        this.settings = settings;
        this.stop = stop;
    }

    /** A mask may take as long as a reading: slow ones are to be measured, not refused. */
    private static Limits limits(int seconds) {
        return Limits.DEFAULT.withStepDeadline(Duration.ofMillis(seconds * 1000L));
    }

    /**
     * Reads what the folder's results do not have yet, and writes {@code results.jsonl} there.
     *
     * @param step called after each text
     * @return figures over all results in the file
     * @throws dev.espalier.core.error.InvalidInputException if the file cannot be read or written, or is of other settings
     */
    public LanguagesSummary run(Path folder, Runnable step) {
        try (ResultsFile<LanguageResult> file = new ResultsFile<>(folder, settings, LanguageResult::of)) {
            for (LanguageText text : texts) {
                if (!stop.isRequested() && !file.has(text.language().label())) {
                    trial.run(text).ifPresent(file::add);
                }
                step.run();
            }
            LanguagesSummary summary = new LanguagesSummary(file.results());
            file.finish(summary.toJson());
            return summary;
        }
    }
}
