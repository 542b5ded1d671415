// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.gap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.SyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts with gaps as they are written down. */
class GapSyntaxTest {

    private static GappedText read(String text) {
        return GappedText.parse(text);
    }

    @Test
    void gapsAreExactBoundedFromAndOfAnySize() {
        assertEquals(
                GappedText.of("a")
                        .gap(8, 8)
                        .text("b")
                        .gap(4, 12)
                        .gapFrom(2)
                        .text(" ")
                        .gapFrom(0),
                read("a[[8]]b[[4-12]][[2-*]] [[*]]"));
        assertEquals(GappedText.of("no gap"), read("no gap"));
    }

    @Test
    void theLastTwoOfManyBracketsBeginAGap() {
        assertEquals(GappedText.of("{\"a\":[").gap(3, 3).text("]}"), read("{\"a\":[[[3]]]}"));
        assertEquals(GappedText.of("[[").gap(3, 3).text("]]"), read("[[[[3]]]]"));
    }

    @Test
    void aBackslashTakesTheMeaningFromBracketsAndIsItselfElsewhere() {
        assertEquals(GappedText.of("[[8]]"), read("\\[[8]]"));
        assertEquals(GappedText.of("[[1,2],[3]]"), read("\\[[1,2],[3]]"));
        assertEquals(GappedText.of("\\").gap(8, 8), read("\\\\[[8]]"));
        assertEquals(GappedText.of("\\[[").gap(8, 8), read("\\\\\\[[[[8]]"));
        assertEquals(GappedText.of("\\n \\[a] \\"), read("\\n \\[a] \\"));
    }

    @ParameterizedTest
    @CsvSource({
        "'ab [[x]]', 1, 4",
        "'a\n[[4-2]]', 2, 1",
        "'[[1,2],[3]]', 1, 1",
        "'ab[[', 1, 3",
        "'[[8]', 1, 1",
        "'[[-1]]', 1, 1"
    })
    void faultsHaveAPlace(String text, int line, int column) {
        SyntaxException fault = assertThrows(SyntaxException.class, () -> GappedText.parse("c", text));
        assertEquals(line, fault.place().line());
        assertEquals(column, fault.place().column());
        assertTrue(String.valueOf(fault.getMessage()).contains("^"), fault.getMessage());
    }

    /** A writer of its own is the oracle: doubled backslashes, escaped pairs. */
    @Test
    void whatIsWrittenIsReadBack() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            GappedText text = GappedText.of(text(random));
            for (int gaps = random.nextInt(3); gaps > 0; gaps--) {
                int least = random.nextInt(3);
                text = (random.nextBoolean() ? text.gap(least, least + random.nextInt(3)) : text.gapFrom(least))
                        .text(text(random));
            }
            String written = write(text);
            assertEquals(text, read(written), "seed " + seed + ": " + written);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            text.append("[[[\\]]a1".charAt(random.nextInt(8)));
        }
        return text.toString();
    }

    private static String write(GappedText text) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < text.texts().size(); i++) {
            written.append(text.texts().get(i).replaceAll("(\\\\*)\\[\\[", "$1$1\\\\[["));
            if (i < text.gaps().size()) {
                String open = written.toString();
                int brackets = open.endsWith("[") && !open.endsWith("[[") ? 1 : 0;
                int from = open.length() - brackets;
                int start = from;
                while (start > 0 && open.charAt(start - 1) == '\\') {
                    start--;
                }
                written.insert(from, open.substring(start, from));
                Gap gap = text.gaps().get(i);
                written.append("[[").append(gap.least());
                written.append(gap.isUnlimited() ? "-*" : "-" + gap.most()).append("]]");
            }
        }
        return written.toString();
    }
}
