package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.jsonschemabench.soak.RandomWriter;
import dev.espalier.jsonschemabench.unseen.input.Dice;
import dev.espalier.mask.TokenMask;
import dev.espalier.mask.Vocabulary;
import java.util.stream.IntStream;

/**
 * Chooses tokens so that a text grows long: it opens more than it closes, has few
 * blanks, and ends only where it must. Thread-safe.
 */
final class LengthSeeker {

    private static final String OPENING = "[\\[{:,\"]+|[0-9]";
    private static final int TRIES = 4;

    private final Vocabulary vocabulary;
    private final int[] opening;

    LengthSeeker(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.opening = IntStream.range(0, vocabulary.size())
                .filter(id -> vocabulary.text(id).matches(OPENING))
                .toArray();
    }

    /** A token of a mask that is not empty; an end token only if the mask has no other. */
    int next(TokenMask mask, Dice dice) {
        if (dice.once(2) && opening.length > 0) {
            int from = dice.below(opening.length);
            for (int i = 0; i < opening.length; i++) {
                int id = opening[(from + i) % opening.length];
                if (mask.allows(id)) {
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
        for (int id = 0; id < vocabulary.size(); id++) {
            if (mask.allows(id) && !vocabulary.isEnd(id)) {
                return id;
            }
        }
        return end;
    }
}
