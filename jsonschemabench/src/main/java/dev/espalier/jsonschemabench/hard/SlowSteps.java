// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.jsonschemabench.hard.HardResult.Slow;
import dev.espalier.jsonschemabench.run.TokenSteps;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where in the texts of a case steps were slow.
 *
 * @param vocabulary whose tokens the texts are
 * @param texts the texts
 * @param steps the steps over them, perhaps not to their end
 */
record SlowSteps(Vocabulary vocabulary, List<TokenText> texts, TokenSteps steps) {

    private static final int LISTED = 5;
    private static final int SHOWN = 12;

    /** The masks that took longest, the slowest first. */
    List<Slow> slowest() {
        return IntStream.range(0, steps.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -steps.mask(i)))
                .limit(LISTED)
                .map(this::slow)
                .toList();
    }

    private Slow slow(int step) {
        int text = 0;
        int token = step;
        while (token >= texts.get(text).length()) {
            token -= texts.get(text++).length();
        }
        int[] before = Arrays.copyOfRange(texts.get(text).tokens(), Math.max(0, token - SHOWN), token);
        String shown = new String(vocabulary.decode(before), StandardCharsets.UTF_8);
        return new Slow(steps.mask(step), steps.visited(step), text, token, shown);
    }

    /** The length of the texts as far as they were read, in characters. */
    int characters() {
        int characters = 0;
        int left = steps.size();
        for (TokenText text : texts) {
            int[] read = Arrays.copyOf(text.tokens(), Math.min(left, text.length()));
            characters += new String(vocabulary.decode(read), StandardCharsets.UTF_8).length();
            left -= read.length;
        }
        return characters;
    }

    /** The mean step of the last quarter of the longest text over that of its second quarter; 0 if it was not read. */
    double growth() {
        int longest = 0;
        for (int i = 1; i < texts.size(); i++) {
            longest = texts.get(i).length() > texts.get(longest).length() ? i : longest;
        }
        int from =
                texts.subList(0, longest).stream().mapToInt(TokenText::length).sum();
        int to = Math.min(from + texts.get(longest).length(), steps.size());
        int quarter = (to - from) / 4;
        if (quarter == 0) {
            return 0;
        }
        double early = total(from + quarter, from + 2 * quarter);
        return total(to - quarter, to) / Math.max(1, early);
    }

    private double total(int from, int to) {
        return IntStream.range(from, to)
                .mapToLong(i -> steps.mask(i) + steps.commit(i))
                .sum();
    }
}
