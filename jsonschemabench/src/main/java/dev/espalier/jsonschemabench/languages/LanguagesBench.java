// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.languages;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.languages.LanguageResult.End;
import dev.espalier.jsonschemabench.languages.LanguageResult.Part;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts of languages, read one after the other, each several times, each time with new caches, so that every reading does the same work.
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
                .map(text -> Case.of(text.language().label(), turn -> read(text, turn.stop())))
                .toList();
    }

    @Override
    public View view(List<LanguageResult> results) {
        return new LanguagesView(results).view(setting);
    }

    /** The result of a text; what is thrown becomes part of it, but for a cancellation. */
    private LanguageResult read(LanguageText text, Cancellation stop) {
        int[] tokens = encoder.encode(text.text());
        try {
            String grammar = text.language().grammar();
            TextReading first = reading(grammar, tokens, readings == 1, stop);
            TextReading last = first;
            long[] least = first.nanos;
            for (int i = 1; i < readings; i++) {
                last = reading(grammar, tokens, i + 1 == readings, stop);
                for (int token = 0; token < least.length; token++) {
                    least[token] = Math.min(least[token], last.nanos[token]);
                }
            }
            return result(text, first, last, least, stop);
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException | StackOverflowError | OutOfMemoryError e) {
            return LanguageResult.failed(text, tokens.length, Obstacles.reason(e));
        }
    }

    private TextReading reading(String grammar, int[] tokens, boolean last, Cancellation stop) {
        // a mask may take as long as a reading: slow ones are to be measured, not refused
        Limits limits = Limits.DEFAULT.withStepDeadline(Duration.ofMillis(seconds * 1000L));
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary, limits)) {
            return TextReading.of(compiler, grammar, tokens, last, seconds, stop);
        }
    }

    private LanguageResult result(
            LanguageText text, TextReading first, TextReading last, long[] least, Cancellation stop) {
        LatencyHistogram steps = new LatencyHistogram();
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int part = 0; part < TextReading.PARTS; part++) {
            int to = Math.min(first.read, (int) ((long) least.length * (part + 1) / TextReading.PARTS));
            long sum = 0;
            for (int i = from; i < to; i++) {
                steps.add(least[i]);
                sum += least[i];
            }
            parts.add(new Part(to - from, sum, first.nodes[part], last.allocated[part]));
            from = to;
        }
        End end = first.complete ? End.READ : End.REFUSED;
        return new LanguageResult(
                text.language(),
                text.origin(),
                end,
                end == End.READ ? List.of() : List.of(refusal(first, least.length)),
                text.text().codePointCount(0, text.text().length()),
                least.length,
                first.read,
                Math.min(first.compileNanos, last.compileNanos),
                Math.min(first.firstMaskNanos, last.firstMaskNanos),
                steps,
                parts,
                first.mostNodes,
                last.heapFirstHalf,
                last.heapSecondHalf,
                StackSizes.along(last.grammar, text.text(), stop));
    }

    private static Reason refusal(TextReading reading, int tokens) {
        String why = reading.read == tokens
                ? "the text may not end where it does"
                : "token " + reading.read + " of " + tokens + " is refused";
        return new Reason("#", "refused", why);
    }
}
