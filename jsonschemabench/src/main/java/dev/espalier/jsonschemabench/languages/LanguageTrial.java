package dev.espalier.jsonschemabench.languages;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.languages.LanguageResult.End;
import dev.espalier.jsonschemabench.languages.LanguageResult.Part;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a text of a language several times, each time with new caches, so that every reading does the same work; the least
 * time of each token counts. One thread.
 *
 * @param vocabulary the tokens
 * @param encoder the same vocabulary's tokenizer
 * @param limits what grammars are compiled, and masks made, under
 * @param readings how many times, at least 1
 * @param seconds time for one reading
 * @param stop ends it soon
 */
record LanguageTrial(
        Vocabulary vocabulary, TextEncoder encoder, Limits limits, int readings, int seconds, Cancellation stop) {

    /**
     * The result of a text; what is thrown becomes part of it.
     *
     * @throws CancelledException if the run was stopped meanwhile
     */
    LanguageResult run(LanguageText text) {
        int[] tokens = encoder.encode(text.text());
        try {
            String grammar = text.language().grammar();
            TextReading first = reading(grammar, tokens, readings == 1);
            TextReading last = first;
            long[] least = first.nanos;
            for (int i = 1; i < readings; i++) {
                last = reading(grammar, tokens, i + 1 == readings);
                for (int token = 0; token < least.length; token++) {
                    least[token] = Math.min(least[token], last.nanos[token]);
                }
            }
            return result(text, first, last, least);
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException | StackOverflowError | OutOfMemoryError e) {
            return LanguageResult.failed(text, tokens.length, Obstacles.reason(e));
        }
    }

    private TextReading reading(String grammar, int[] tokens, boolean last) {
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary, limits)) {
            return TextReading.of(compiler, grammar, tokens, last, seconds, stop);
        }
    }

    private LanguageResult result(LanguageText text, TextReading first, TextReading last, long[] least) {
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
