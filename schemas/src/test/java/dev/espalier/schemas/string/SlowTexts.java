// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.schemas.Recogniser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All texts of few letters, and what is read of them held to those that are good. */
@org.jspecify.annotations.NullUnmarked
final class SlowTexts {

    private SlowTexts() {}

    /** All texts of up to so many letters. */
    static List<String> all(String letters, int longest) {
        List<String> all = new ArrayList<>(List.of(""));
        for (int i = 0; i < all.size() && all.get(i).length() < longest; i++) {
            for (char letter : letters.toCharArray()) {
                all.add(all.get(i) + letter);
            }
        }
        return all;
    }

    /** Compares beginnings with all texts: whether they go on, whether they end, and how far it is. */
    static void compare(
            Recogniser recogniser, List<String> beginnings, List<String> all, Predicate<String> isGood, String where) {
        List<String> good = all.stream().filter(isGood).toList();
        for (String beginning : beginnings) {
            int least = good.stream()
                    .filter(text -> text.startsWith(beginning))
                    .mapToInt(text -> text.length() - beginning.length() + 1)
                    .min()
                    .orElse(Integer.MAX_VALUE);
            StackSet after = recogniser.after("\"" + beginning);
            assertEquals(least == Integer.MAX_VALUE, after.isEmpty(), where + " after " + beginning);
            assertEquals(isGood.test(beginning), recogniser.accepts("\"" + beginning + "\""), where + ": " + beginning);
            if (!after.isEmpty()) {
                assertEquals(least, recogniser.stepper().distance(after), where + " after " + beginning);
            }
        }
    }
}
