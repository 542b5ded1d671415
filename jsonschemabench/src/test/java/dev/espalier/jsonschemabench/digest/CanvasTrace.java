// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.digest;

import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasBuilder;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Hashes charts of canvases: texts of which some tokens are taken out, with a few slots more or less in their place. */
final class CanvasTrace {

    /** The most tokens of a text. */
    static final int MOST = 64;

    private static final int ROUNDS = 3;
    private static final int GAPS = 3;

    private final Vocabulary vocabulary;
    private final TextTokens texts;

    CanvasTrace(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.texts = new TextTokens(vocabulary);
    }

    /** The vocabulary whose masks are hashed. */
    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The number of tokens of a text, as far as it is counted. */
    int length(String text) {
        return texts.of(text.getBytes(StandardCharsets.UTF_8), MOST + 1, new Random(0)).length;
    }

    /**
     * The hash of the charts of a canvas and of those after it, each with a token of the last chart in one slot; with the code
     * of the error that ended it, if one did.
     *
     * @param text a text of the language
     * @param endless whether a gap may be endless
     */
    String hash(CompiledGrammar grammar, String text, boolean endless, Random random) {
        BitHash hash = new BitHash();
        try {
            CanvasParser parser = new CanvasParser(grammar);
            Canvas canvas = canvas(texts.of(text.getBytes(StandardCharsets.UTF_8), MOST, random), endless, random);
            for (int round = 0; round < ROUNDS; round++) {
                CanvasChart chart = parser.parse(canvas);
                add(hash, chart);
                canvas = next(chart, random);
            }
            return hash.toString();
        } catch (EspalierException | IllegalStateException | IllegalArgumentException | ArithmeticException e) {
            return hash + "!" + MaskTrace.code(e);
        }
    }

    private Canvas canvas(int[] tokens, boolean endless, Random random) {
        CanvasBuilder builder = Canvas.builder(vocabulary);
        int gaps = 0;
        int at = 0;
        while (at < tokens.length) {
            if (gaps == GAPS || random.nextInt(tokens.length) >= GAPS) {
                builder.tokens(tokens[at++]);
                continue;
            }
            int run = 1 + random.nextInt(2);
            switch (random.nextInt(4)) {
                case 0 -> builder.gap(run - 1, run + 1);
                case 1 -> {
                    if (endless) {
                        builder.gapFrom(run - 1);
                    } else {
                        builder.gap(run);
                    }
                }
                default -> builder.gap(run);
            }
            gaps++;
            at += run;
        }
        return builder.gap(random.nextInt(2)).build();
    }

    private static void add(BitHash hash, CanvasChart chart) {
        hash.add(chart.isCompletable() ? 1 : 0);
        for (int slot = 0; slot < chart.canvas().size(); slot++) {
            hash.add(chart.mask(slot));
            hash.add(chart.mayBeAbsent(slot) ? 1 : 0);
        }
    }

    /** One slot that is free becomes one of its tokens. */
    private static Canvas next(CanvasChart chart, Random random) {
        Canvas canvas = chart.canvas();
        int start = random.nextInt(Math.max(1, canvas.size()));
        for (int i = 0; i < canvas.size(); i++) {
            int slot = (start + i) % canvas.size();
            int[] ids = chart.mask(slot).ids();
            if (canvas.isFree(slot) && !canvas.mayBeAbsent(slot) && ids.length > 0) {
                return canvas.with(slot, ids[random.nextInt(ids.length)]);
            }
        }
        return canvas;
    }
}
