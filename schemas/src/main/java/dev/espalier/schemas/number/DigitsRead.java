// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The digits read of a number, as far as they matter. The number is d·10^-behind, d being {@code core} followed by zeros; once the
 * digits are between two words (see {@link DecimalSide}), {@code core} only stands for them: it agrees with them modulo all steps.
 *
 * @param from the first of the words that start with the digits
 * @param to after the last of them
 * @param core the digits without zeros around them; 0 if there is none but zeros
 * @param zeros the zeros after them
 * @param behind the digits after the point
 * @param order the order of magnitude; that of a number whose next digit is the first other than 0
 */
record DigitsRead(int from, int to, BigInteger core, long zeros, long behind, long order) {

    /** No digit but a zero before the point. */
    static DigitsRead none(DecimalSide side) {
        return new DigitsRead(0, side.words().length, BigInteger.ZERO, 0, 0, 0);
    }

    boolean isZero() {
        return core.signum() == 0;
    }

    /** Whether more digits cannot change how the number compares with marks of the same order. */
    boolean isBetweenWords() {
        return from == to && !isZero();
    }

    /** The number of digits, those that stand for them if they are between words. */
    private long length() {
        return core.toString().length() + zeros;
    }

    /** The place 10^p of the last digit is p = (order of the number) - this. */
    long depth(DecimalSide side) {
        return isZero() || isBetweenWords() || !side.multiples().isEmpty() ? order + behind : length();
    }

    /** With one more digit; in the form that equals that of all digits with the same future. */
    DigitsRead then(int digit, boolean behindPoint, DecimalSide side) {
        boolean steps = !side.multiples().isEmpty();
        if (digit == 0 && isZero()) {
            return behindPoint ? new DigitsRead(from, to, core, zeros, behind + 1, order - 1) : this;
        }
        boolean ordered = side.marks().length > 0;
        long nextOrder = behindPoint || !ordered ? order : order + 1;
        long nextBehind = behindPoint && steps ? behind + 1 : behind;
        int low = from;
        int high = to;
        if (!isBetweenWords()) {
            long at = isZero() ? 0 : length();
            while (low < high && letter(side.words()[low], at) < digit) {
                low++;
            }
            while (low < high && letter(side.words()[high - 1], at) > digit) {
                high--;
            }
        }
        if (!steps) {
            return low == high
                    ? new DigitsRead(low, low, BigInteger.ONE, 0, 0, nextOrder)
                    : longer(low, high, digit, 0, nextOrder, longest(side));
        }
        DigitsRead next = longer(low, high, digit, nextBehind, nextOrder, Long.MAX_VALUE);
        return low < high
                ? next
                : new DigitsRead(low, low, side.multiples().standIn(next.core), next.zeros, nextBehind, nextOrder);
    }

    private DigitsRead longer(int low, int high, int digit, long nextBehind, long nextOrder, long most) {
        if (digit > 0) {
            BigInteger moved = core.signum() == 0 ? core : core.multiply(BigInteger.TEN.pow((int) zeros + 1));
            return new DigitsRead(low, high, moved.add(BigInteger.valueOf(digit)), 0, nextBehind, nextOrder);
        }
        return new DigitsRead(low, high, core, length() < most ? zeros + 1 : zeros, nextBehind, nextOrder);
    }

    private static int letter(String word, long at) {
        return at < word.length() ? word.charAt((int) at) - '0' : 0;
    }

    private static long longest(DecimalSide side) {
        int longest = 0;
        for (String word : side.words()) {
            longest = Math.max(longest, word.length());
        }
        return longest;
    }

    /** The number, moved to an order; exact unless the digits are between words. */
    BigDecimal moved(long toOrder, DecimalSide side) {
        return new BigDecimal(core).scaleByPowerOfTen((int) (zeros + toOrder - depth(side)));
    }

    /** The least power of ten by which the number must be multiplied to become a multiple of a step. */
    long least(int step, DecimalSide side) {
        long least = side.multiples().least(step, core);
        return least == Multiples.NEVER ? least : least - zeros + behind;
    }
}
