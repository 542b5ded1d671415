package dev.espalier.jsonschemabench.languages;

import dev.espalier.core.Limits;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.List;

/**
 * Texts of languages, read one after the other.
 *
 * @param texts one of each language
 * @param vocabulary the tokens
 * @param encoder the same vocabulary's tokenizer
 * @param readings how often each text is read; the least time of each token counts
 * @param seconds time for one reading
 * @param settings what decides the results
 * @param setting in words
 */
public record LanguagesBench(
        List<LanguageText> texts,
        Vocabulary vocabulary,
        TextEncoder encoder,
        int readings,
        int seconds,
        Settings settings,
        String setting)
        implements Bench<LanguageResult> {

    @Override
    public Class<LanguageResult> type() {
        return LanguageResult.class;
    }

    @Override
    public List<Case<LanguageResult>> cases() {
        return texts.stream()
                .map(text -> Case.of(text.language().label(), turn -> read(text, turn)))
                .toList();
    }

    /** A mask may take as long as a reading: slow ones are to be measured, not refused. */
    private LanguageResult read(LanguageText text, Turn turn) {
        Limits limits = Limits.DEFAULT.withStepDeadline(Duration.ofMillis(seconds * 1000L));
        return new LanguageTrial(vocabulary, encoder, limits, readings, seconds, turn.stop()).run(text);
    }

    @Override
    public View view(List<LanguageResult> results) {
        return new LanguagesView(results).view(setting);
    }
}
