// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.schemas.json.Blanks;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bound on the distance of a value from its end after any text that tokens have after a key. Immutable.
 *
 * @param bytes the greatest distance of the value from its end
 * @param goesOn true if some text ends the value and goes on with a comma, and at most with the quotation mark that opens the next key
 */
public record FarthestInValue(int bytes, boolean goesOn) {

    /** The bound for the values of a goal; null if a text goes on into the next key. Callers must hold the lock. */
    static @Nullable FarthestInValue of(ValueLanguage language, Goal goal, Set<String> texts) {
        Stepper stepper = language.stepper();
        StackSet start = StackSet.of(language.value(goal));
        int most = stepper.distance(start);
        boolean goesOn = false;
        for (String text : texts) {
            language.deadline().tick();
            StackSet at = start;
            for (int i = behindBlanks(text, 0); i < text.length() && at.size() > 0; i++) {
                if (stepper.results(at).length > 0 && text.startsWith(",", behindBlanks(text, i))) {
                    goesOn = true;
                    String behind = text.substring(behindBlanks(text, behindBlanks(text, i) + 1));
                    if (behind.length() > 1 && behind.startsWith("\"")) {
                        return null;
                    }
                }
                at = stepper.step(at, text.charAt(i));
                most = at.size() > 0 ? Math.max(most, stepper.distance(at)) : most;
            }
        }
        return new FarthestInValue(most, goesOn);
    }

    private static int behindBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Blanks.isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
