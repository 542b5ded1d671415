// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.schemas.atom.NumberTest;
import java.util.List;
import java.util.function.Function;

/**
 * The results of plain numbers that are written with a point. A test that only integers pass wants the text of an integer, digits alone: the
 * text {@code 5.0} has a result only if it is that of 5 and does not depend on such tests.
 */
final class PointedText {

    private PointedText() {}

    /**
     * The function of tests for texts with a point.
     *
     * @param result the function of tests for values; -1 for none
     */
    static Function<boolean[], Integer> of(List<NumberTest> tests, Function<boolean[], Integer> result) {
        boolean[] isOfIntegers = new boolean[tests.size()];
        boolean areAny = false;
        for (int i = 0; i < isOfIntegers.length; i++) {
            isOfIntegers[i] = tests.get(i).isOfIntegers();
            areAny |= isOfIntegers[i];
        }
        return !areAny
                ? result
                : holds -> {
                    int byValue = result.apply(holds);
                    boolean[] byText = holds.clone();
                    for (int i = 0; i < isOfIntegers.length; i++) {
                        byText[i] &= !isOfIntegers[i];
                    }
                    return result.apply(byText) == byValue ? byValue : -1;
                };
    }
}
