// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.name;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name that is closest to a given one, without regard to case. A letter too many, missing or wrong is one change, as are two neighbours in
 * the wrong order.
 */
public final class NearestName {

    private static final int LONGEST = 100;

    private NearestName() {}

    /**
     * The known name that takes the fewest changes, the first of several; empty if more than a third of the letters would change, or
     * if the given one has more than 100 letters. Cost: the product of the lengths for each name.
     */
    public static Optional<String> of(String given, Collection<String> known) {
        if (given.length() > LONGEST) {
            return Optional.empty();
        }
        String best = null;
        int least = given.length() / 3 + 1;
        String plain = given.toLowerCase(Locale.ROOT);
        for (String name : known) {
            if (Math.abs(name.length() - given.length()) < least) {
                int changes = changes(plain, name.toLowerCase(Locale.ROOT), least);
                if (changes < least) {
                    best = name;
                    least = changes;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code ; did you mean NAME?} where a known name is close to the given one; else empty. */
    public static String question(String given, Collection<String> known) {
        return of(given, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** The number of changes; if it is not below a bound, any number that is not. */
    private static int changes(String from, String to, int bound) {
        int[] twoBefore = new int[to.length() + 1];
        int[] before = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] oldest = twoBefore;
            twoBefore = before;
            before = row;
            row = oldest;
            row[0] = i;
            int least = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoBefore[j - 2] + 1);
                }
                least = Math.min(least, row[j]);
            }
            if (least
                    > bound) { // one more than the bound, since neighbours in the wrong order are counted from two rows
                // before
                return least;
            }
        }
        return row[to.length()];
    }
}
