// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.schemas.json.ReadNumber;
import dev.espalier.schemas.work.Deadline;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An iteration over the numbers with a result that a beginning can become, each once, shortest first, except some. */
public interface NumberValues {

    /** What numbers are made of. */
    String SYMBOLS = "0123456789.e-+";

    /**
     * A number.
     *
     * @param rest the rest of its shortest text
     */
    record Found(String rest, ReadNumber value) {}

    /** The next number; null if there is none any more. */
    @Nullable
    Found next();

    /**
     * The numbers that can still be written from a state inside a number.
     *
     * @param text the number so far
     * @param without numbers that are left out
     */
    static NumberValues of(
            State state, String text, int result, Set<ReadNumber> without, Limits limits, Deadline deadline) {
        boolean isScaled = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        DecimalSide side = isScaled ? null : DecimalValues.side(state, text.startsWith("-"), limits);
        return side == null
                ? new TextValues(state, text, result, without, deadline)
                : new DecimalValues(side, text, result, without, deadline);
    }
}
