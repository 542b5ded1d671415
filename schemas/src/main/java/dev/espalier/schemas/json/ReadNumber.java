// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number of any size that was read: ±0.d₁d₂… · 10^order. Two records are equal if and only if their numbers are.
 *
 * @param negative whether it is below 0
 * @param digits its digits without zeros at either end; none for 0
 * @param order the power of ten; 0 for 0
 */
public record ReadNumber(boolean negative, String digits, BigInteger order) {

    /** The most zeros that a canonical text writes out before or after the digits. */
    private static final int PLAIN_ZEROS = 400;

    /** The same where one of several texts is searched for: a language without exponents has no other text. */
    private static final int MOST_ZEROS = 100_000;

    /** The first so many places of the point are all tried for a number with an exponent. */
    private static final int PLACES = 40;

    private static final ReadNumber ZERO = new ReadNumber(false, "", BigInteger.ZERO);

    /** The number that a whole JSON text spells. */
    public static ReadNumber of(String text) {
        Parts parts = Parts.of(text);
        String digits = stripped(parts.significant());
        if (digits.isEmpty()) {
            return ZERO;
        }
        BigInteger power = parts.power.isEmpty() ? BigInteger.ZERO : new BigInteger(parts.power);
        BigInteger signed = parts.sign == '-' ? power.negate() : power;
        return new ReadNumber(parts.negative, digits, signed.add(BigInteger.valueOf(parts.order())));
    }

    private static String stripped(String digits) {
        int end = digits.length();
        while (end > 0 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    private static String withoutLeadingZeros(String digits) {
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }

    /**
     * The parts of the beginning of a number's text.
     *
     * @param whole the digits before the point
     * @param fraction the digits after it
     * @param point whether there is one
     * @param scaled whether the exponent has begun
     * @param sign the sign of the exponent; a blank if there is none
     * @param power the digits of the exponent
     */
    private record Parts(
            boolean negative, String whole, String fraction, boolean point, boolean scaled, char sign, String power) {

        static Parts of(String text) {
            boolean negative = text.startsWith("-");
            String rest = negative ? text.substring(1) : text;
            int e = Math.max(rest.indexOf('e'), rest.indexOf('E'));
            String mantissa = e < 0 ? rest : rest.substring(0, e);
            String exponent = e < 0 ? "" : rest.substring(e + 1);
            boolean signed = exponent.startsWith("-") || exponent.startsWith("+");
            int point = mantissa.indexOf('.');
            return new Parts(
                    negative,
                    point < 0 ? mantissa : mantissa.substring(0, point),
                    point < 0 ? "" : mantissa.substring(point + 1),
                    point >= 0,
                    e >= 0,
                    signed ? exponent.charAt(0) : ' ',
                    signed ? exponent.substring(1) : exponent);
        }

        /** The digits from the first one other than 0 on. */
        String significant() {
            return withoutLeadingZeros(whole + fraction);
        }

        /** The order of the number without its exponent; if all digits are 0, the order that a next digit other than 0 would give it. */
        long order() {
            String significant = significant();
            return significant.isEmpty() ? -(long) fraction.length() : (long) significant.length() - fraction.length();
        }
    }

    public boolean isZero() {
        return digits.isEmpty();
    }

    /** The number as a decimal; null if its digits or the magnitude of its order exceed a bound. */
    @Nullable
    public BigDecimal decimal(int most) {
        if (digits.length() > most || order.bitLength() >= Integer.SIZE || Math.abs(order.longValue()) > most) {
            return null;
        }
        BigDecimal magnitude = isZero()
                ? BigDecimal.ZERO
                : new BigDecimal(new BigInteger(digits)).scaleByPowerOfTen(order.intValue() - digits.length());
        return negative ? magnitude.negate() : magnitude;
    }

    /** The canonical text of this number: plain, unless that is very long. */
    public String canonical() {
        if (isZero()) {
            return "0";
        }
        String plain = plain(PLAIN_ZEROS);
        return (negative ? "-" : "") + (plain == null ? "0." + digits + "e" + order : plain);
    }

    /** The text of the magnitude without an exponent; null if it needs more than so many zeros. */
    private @Nullable String plain(int zeros) {
        if (order.signum() <= 0) {
            String before = zeros(order.negate(), zeros);
            return before == null ? null : "0." + before + digits;
        }
        int length = digits.length();
        if (order.compareTo(BigInteger.valueOf(length)) < 0) {
            return digits.substring(0, order.intValue()) + "." + digits.substring(order.intValue());
        }
        String behind = zeros(order.subtract(BigInteger.valueOf(length)), zeros);
        return behind == null ? null : digits + behind;
    }

    private static @Nullable String zeros(BigInteger count, int most) {
        return count.compareTo(BigInteger.valueOf(most)) > 0 ? null : "0".repeat(count.intValue());
    }

    /** The length of the shortest text in bytes. */
    public int bytes(boolean exponents) {
        int best = canonical().length();
        if (exponents && !isZero()) {
            for (String text : fromStart()) {
                best = Math.min(best, text.length() + (negative ? 1 : 0));
            }
        }
        return best;
    }

    /** Whether the beginning of a number's text can be completed to this number, if exponents are allowed. */
    public boolean mayBegin(String text) {
        Parts parts = Parts.of(text);
        if (!isZero() && parts.negative != negative) {
            return false;
        }
        String read = parts.significant();
        if (isZero()) {
            return read.isEmpty();
        }
        int shared = Math.min(read.length(), digits.length());
        if (!digits.startsWith(read.substring(0, shared))
                || !stripped(read.substring(shared)).isEmpty()) {
            return false;
        }
        return !parts.scaled || (read.length() >= digits.length() && powerRest(parts) != null);
    }

    /** The sign, if one is needed, and the digits that complete an exponent that has begun; null if it cannot give this number. */
    private @Nullable String powerRest(Parts parts) {
        if (isZero()) {
            return parts.power.isEmpty() ? "0" : "";
        }
        BigInteger power = order.subtract(BigInteger.valueOf(parts.order()));
        boolean bare = parts.sign == ' ';
        boolean fits = power.signum() == 0 || (power.signum() < 0) == (parts.sign == '-');
        if (!fits && !(bare && parts.power.isEmpty())) {
            return null;
        }
        String wanted = power.abs().toString();
        String read = withoutLeadingZeros(parts.power);
        if (power.signum() == 0) {
            return !read.isEmpty() ? null : parts.power.isEmpty() ? "0" : "";
        }
        return !wanted.startsWith(read)
                ? null
                : (bare && power.signum() < 0 ? "-" : "") + wanted.substring(read.length());
    }

    /**
     * The rests that complete the beginning of a number's text to this number: the shortest of each form, whichever forms a language has. Empty if
     * there are none.
     */
    public List<String> rests(String text) {
        if (!mayBegin(text)) {
            return List.of();
        }
        Parts parts = Parts.of(text);
        if (parts.scaled) {
            String rest = powerRest(parts);
            return rest == null ? List.of() : List.of(rest);
        }
        if (isZero()) {
            return parts.whole.isEmpty()
                    ? List.of("0", "0.0")
                    : !parts.point ? List.of("", ".0") : List.of(parts.fraction.isEmpty() ? "0" : "");
        }
        if (parts.whole.isEmpty()) {
            return fromStart();
        }
        List<String> rests = new ArrayList<>();
        String read = parts.significant();
        String left = digits.substring(Math.min(read.length(), digits.length()));
        if (parts.point || parts.whole.equals("0")) {
            behindPoint(parts, left, rests);
        } else {
            beforePoint(parts, left, rests);
        }
        return rests;
    }

    private List<String> fromStart() {
        List<String> texts = new ArrayList<>();
        String plain = plain(MOST_ZEROS);
        if (plain != null) {
            texts.add(plain);
        }
        beforePoint(Parts.of(digits.substring(0, 1)), digits.substring(1), texts);
        texts.replaceAll(rest -> rest.equals(plain) ? rest : digits.charAt(0) + rest);
        return texts;
    }

    /** Adds the rests of a text whose point has been read or must come next. */
    private void behindPoint(Parts parts, String left, List<String> rests) {
        String point = parts.point ? "" : ".";
        BigInteger power = order.subtract(BigInteger.valueOf(parts.order()));
        boolean isBegun = !parts.significant().isEmpty();
        String zeros = isBegun || power.signum() > 0 ? null : zeros(power.negate(), MOST_ZEROS);
        if (zeros != null && power.signum() < 0) {
            rests.add(point + zeros + left);
        }
        String more = left.isEmpty() && parts.fraction.isEmpty() ? "0" : left;
        rests.add(point + more + exponent(power));
    }

    /** Adds the rests of a text in which more digits may come before the point. */
    private void beforePoint(Parts parts, String left, List<String> rests) {
        BigInteger missing = order.subtract(BigInteger.valueOf(parts.whole.length()));
        if (missing.signum() >= 0) {
            int shared = missing.min(BigInteger.valueOf(left.length())).intValue();
            String zeros = zeros(missing.subtract(BigInteger.valueOf(shared)), MOST_ZEROS);
            if (zeros != null) {
                String whole = left.substring(0, shared) + zeros;
                rests.add(shared == left.length() ? whole : whole + "." + left.substring(shared));
                if (shared == left.length()) {
                    rests.add(whole + ".0");
                }
            }
        }
        for (int place = 0; place <= left.length(); place++) {
            if (place <= PLACES || place == left.length()) {
                String power = exponent(missing.subtract(BigInteger.valueOf(place)));
                String behind = place == left.length() ? "" : "." + left.substring(place);
                if (!power.isEmpty()) {
                    rests.add(left.substring(0, place) + behind + power);
                }
            }
        }
    }

    private static String exponent(BigInteger power) {
        return power.signum() == 0 ? "" : "e" + power;
    }
}
