// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.jsonschemabench.soak.RandomWriter;
import dev.espalier.jsonschemabench.unseen.input.Dice;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Chooses tokens so that a text grows long and repeats itself: it opens more than it closes, has few
 * blanks, and ends only where it must. Thread-safe.
 */
final class LengthSeeker {

    private static final Pattern OPENING = Pattern.compile("[\\[{:,\"]+|[0-9]");
    private static final int TRIES = 4;

    private final Vocabulary vocabulary;
    private final List<int[]> opening;

    LengthSeeker(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        Map<Character, List<Integer>> groups = new TreeMap<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            String text = vocabulary.text(id);
            if (OPENING.matcher(text).matches()) {
                char first = Character.isDigit(text.charAt(0)) ? '0' : text.charAt(0);
                groups.computeIfAbsent(first, unused -> new ArrayList<>()).add(id);
            }
        }
        this.opening = groups.values().stream()
                .map(ids -> ids.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** A token that came after the last one before, if the mask has it; now and then, else any. */
    int next(TokenMask mask, int[] written, Dice dice) {
        if (dice.once(3) && written.length > 1) {
            int last = written[written.length - 1];
            int from = dice.below(written.length);
            for (int i = 0; i < written.length - 1; i++) {
                int at = (from + i) % (written.length - 1);
                if (written[at] == last && mask.allows(written[at + 1])) {
                    return written[at + 1];
                }
            }
        }
        return next(mask, dice);
    }

    /** A token of a mask that is not empty; an end token only if the mask has no other. */
    int next(TokenMask mask, Dice dice) {
        if (dice.once(2)) {
            int first = dice.below(Math.max(1, opening.size()));
            for (int i = 0; i < opening.size(); i++) {
                int id = RandomWriter.any(opening.get((first + i) % opening.size()), mask, dice.random());
                if (id >= 0) {
                    return id;
                }
            }
        }
        int last = RandomWriter.any(mask, dice.random());
        for (int i = 0; i < TRIES; i++) {
            String text = vocabulary.text(last);
            boolean closes = text.contains("]") || text.contains("}") || text.isBlank();
            if (!vocabulary.isEnd(last) && (!closes || dice.once(6))) {
                return last;
            }
            last = RandomWriter.any(mask, dice.random());
        }
        return vocabulary.isEnd(last) ? other(mask, last) : last;
    }

    private int other(TokenMask mask, int end) {
        return IntStream.range(0, vocabulary.size())
                .filter(id -> mask.allows(id) && !vocabulary.isEnd(id))
                .findFirst()
                .orElse(end);
    }
}
