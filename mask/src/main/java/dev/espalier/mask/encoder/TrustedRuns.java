// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.collect.IntList;
import dev.espalier.mask.vocabulary.TextPiece;
import java.util.List;

/** Which runs of a text are trusted; neighbours differ. */
final class TrustedRuns {

    private final IntList ends = new IntList();
    private final boolean first;

    /** One run. */
    TrustedRuns(int length, boolean trusted) {
        first = trusted;
        ends.add(length);
    }

    /** The runs of pieces. */
    TrustedRuns(List<TextPiece> pieces) {
        List<TextPiece> filled =
                pieces.stream().filter(piece -> !piece.text().isEmpty()).toList();
        first = !filled.isEmpty() && filled.get(0).trusted();
        int length = 0;
        for (TextPiece piece : filled) {
            length += piece.text().length();
            if (ends.size() > 0 && isTrusted(ends.size() - 1) == piece.trusted()) {
                ends.set(ends.size() - 1, length);
            } else {
                ends.add(length);
            }
        }
    }

    /** The index behind a run. */
    int end(int run) {
        return ends.get(run);
    }

    boolean isTrusted(int run) {
        return first == (run % 2 == 0);
    }

    /** Whether trusted and other text stand side by side. */
    boolean isMixed() {
        return ends.size() > 1;
    }
}
