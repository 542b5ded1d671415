// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.work.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A language of numbers decided by arithmetic while they are read: in any spelling, which no finite table can do ({@code 1000e-3} is an
 * integer), or with more remainders than a table should have. Numbers and exponents may have any size.
 */
@FastPath(oracle = "DecimalLanguageTest")
public final class DecimalLanguage implements NumberLanguage {

    private final SignState start;
    private final Reach reach;

    private DecimalLanguage(SignState start) {
        this.start = start;
        this.reach = start.reach();
    }

    /**
     * The numbers of some tests.
     *
     * @param result what follows from which tests hold; -1 for none
     * @param exponents whether numbers may be written in any spelling; if not, they are plain
     * @param bounds the bounds of digits; {@link DigitBounds#NONE} with exponents
     * @param deadline the deadline of this work
     * @throws dev.espalier.core.error.LimitExceededException if the tests ask for multiples of too many steps
     */
    static DecimalLanguage of(
            List<NumberTest> tests,
            Function<boolean[], Integer> result,
            boolean exponents,
            DigitBounds bounds,
            Limits limits,
            Deadline deadline) {
        List<NumberTest> all = new ArrayList<>(tests);
        all.addAll(bounds.tests());
        Function<boolean[], Integer> within = bounds.within(tests.size(), result);
        DecimalSide positive = DecimalSide.of(all, within, false, exponents, bounds.fraction(), limits);
        DecimalSide negative = DecimalSide.of(all, within, true, exponents, bounds.fraction(), limits);
        positive.keep(deadline);
        negative.keep(deadline);
        try {
            return new DecimalLanguage(new SignState(positive, negative));
        } finally {
            positive.keep(null);
            negative.keep(null);
        }
    }

    /** The same without bounds of digits. */
    public static DecimalLanguage of(
            List<NumberTest> tests,
            Function<boolean[], Integer> result,
            boolean exponents,
            Limits limits,
            Deadline deadline) {
        return of(tests, result, exponents, DigitBounds.NONE, limits, deadline);
    }

    @Override
    public Reach reach() {
        return reach;
    }

    @Override
    public State start() {
        return start;
    }
}
