// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.work.Deadline;
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
     * @param exponents whether numbers may be written with exponents
     * @param deadline the deadline of this work
     * @throws dev.espalier.core.error.LimitExceededException if the tests ask for multiples of too many steps
     */
    public static DecimalLanguage of(
            List<NumberTest> tests,
            Function<boolean[], Integer> result,
            boolean exponents,
            Limits limits,
            Deadline deadline) {
        DecimalSide positive = DecimalSide.of(tests, result, false, exponents, limits);
        DecimalSide negative = DecimalSide.of(tests, result, true, exponents, limits);
        positive.keep(deadline);
        negative.keep(deadline);
        try {
            return new DecimalLanguage(new SignState(positive, negative));
        } finally {
            positive.keep(null);
            negative.keep(null);
        }
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
