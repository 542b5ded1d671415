// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.schemas.atom.NumberTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finite automaton that decides a {@link NumberTest} while a number is read from left to right. Symbols are digits 0 to 9,
 * {@link #MINUS} and {@link #POINT}; they come as JSON's grammar allows, which is checked elsewhere.
 */
interface NumberReader {

    int MINUS = 10;
    int POINT = 11;

    /** The most digits before and after the point that are worth a table. */
    int MAX_DIGITS = 2_000;

    /** The state before the first symbol is 0. */
    int step(int state, int symbol);

    /** Whether the number read so far passes. */
    boolean holds(int state);

    /** Whether a test can be read with a table of reasonable size. */
    static boolean isSmall(NumberTest test) {
        if (test instanceof NumberTest.AtLeast bound) {
            return isShort(bound.bound());
        } else if (test instanceof NumberTest.Above bound) {
            return isShort(bound.bound());
        } else if (test instanceof NumberTest.MultipleOf multiple) {
            return Remainder.isSmall(multiple.step());
        }
        return !(test instanceof NumberTest.OneOf constants)
                || constants.values().stream().allMatch(NumberReader::isShort);
    }

    private static boolean isShort(BigDecimal number) {
        return number.scale() < MAX_DIGITS && (long) number.precision() - number.scale() < MAX_DIGITS;
    }

    /** The reader of a test; it must be small. */
    static NumberReader of(NumberTest test) {
        if (test instanceof NumberTest.Integral integral) {
            return new Whole(integral.byText());
        } else if (test instanceof NumberTest.AtLeast bound) {
            return new Comparison(bound.bound(), true);
        } else if (test instanceof NumberTest.Above bound) {
            return new Comparison(bound.bound(), false);
        } else if (test instanceof NumberTest.MultipleOf multiple) {
            return new Remainder(multiple.step());
        }
        return new Members(((NumberTest.OneOf) test).values());
    }

    /** 0: before the point; 1: after it, zeros only; 2: after it, something else. */
    record Whole(boolean byText) implements NumberReader {
        @Override
        public int step(int state, int symbol) {
            if (symbol == POINT) {
                return byText ? 2 : 1;
            }
            return state == 1 && symbol > 0 ? 2 : state;
        }

        @Override
        public boolean holds(int state) {
            return state < 2;
        }
    }

    /**
     * Compares magnitudes digit by digit. States, times 2, plus 1 when negative: {@code 3 n + r} after n digits before
     * the point that are smaller, equal or greater (r) than the bound's first n; then, in this order, "smaller", "greater",
     * and "equal so far" after each number of digits after the point.
     */
    final class Comparison implements NumberReader {
        private final boolean orEqual;
        private final int sign;
        private final String whole;
        private final String fraction;
        private final int smaller;
        private final int greater;
        private final int equal;

        Comparison(BigDecimal bound, boolean orEqual) {
            this.orEqual = orEqual;
            this.sign = bound.signum();
            String[] parts = bound.abs().toPlainString().split("\\.", 2);
            this.whole = parts[0];
            this.fraction = parts.length == 1 ? "" : parts[1].replaceFirst("0+$", "");
            this.smaller = 3 * whole.length() + 6;
            this.greater = smaller + 1;
            this.equal = smaller + 2;
        }

        @Override
        public int step(int state, int symbol) {
            int negative = state & 1;
            int place = state >>> 1;
            if (symbol == MINUS) {
                return state | 1;
            }
            int next;
            if (symbol == POINT) {
                int order = order(place);
                next = order < 0 ? smaller : order > 0 ? greater : equal;
            } else {
                next = place < smaller ? whole(place, symbol) : fraction(place, symbol);
            }
            return next << 1 | negative;
        }

        private int whole(int place, int digit) {
            int read = place / 3;
            int relation = place % 3;
            if (read >= whole.length()) {
                return 3 * (whole.length() + 1) + 2;
            }
            int expected = whole.charAt(read) - '0';
            int now = read > 0 && relation != 1 ? relation : digit < expected ? 0 : digit > expected ? 2 : 1;
            return 3 * (read + 1) + now;
        }

        private int fraction(int place, int digit) {
            if (place < equal) {
                return place;
            }
            int read = place - equal;
            int expected = read < fraction.length() ? fraction.charAt(read) - '0' : 0;
            return digit < expected
                    ? smaller
                    : digit > expected ? greater : Math.min(place + 1, equal + fraction.length());
        }

        /** How the magnitude read so far compares with the bound's. */
        private int order(int place) {
            if (place >= equal) {
                return place - equal < fraction.length() ? -1 : 0;
            }
            if (place >= smaller) {
                return place == smaller ? -1 : 1;
            }
            int read = place / 3;
            return read != whole.length() ? Integer.compare(read, whole.length()) : place % 3 - 1;
        }

        private int orderAtEnd(int place) {
            int order = order(place);
            return order == 0 && place < smaller && !fraction.isEmpty() ? -1 : order;
        }

        @Override
        public boolean holds(int state) {
            boolean negative = (state & 1) == 1;
            int magnitude = orderAtEnd(state >>> 1);
            int order;
            if (sign == 0) {
                order = magnitude == 0 ? 0 : negative ? -1 : 1;
            } else if (sign > 0) {
                order = negative ? -1 : magnitude;
            } else {
                order = negative ? -magnitude : 1;
            }
            return order > 0 || (order == 0 && orEqual);
        }
    }

    /** The remainder of the digits read, and how many of them stand after the point. */
    final class Remainder implements NumberReader {
        private final long step;
        private final int scale;
        private final long[] powers;

        /** The largest number of states that is worth a table. */
        static final long MAX_STATES = 200_000;

        Remainder(BigDecimal multiple) {
            this(Math.max(0, multiple.scale()), unscaled(multiple).longValueExact());
        }

        private Remainder(int scale, long step) {
            this.scale = scale;
            this.step = step;
            this.powers = new long[scale + 1];
            for (int i = 0; i <= scale; i++) {
                powers[i] = BigInteger.TEN
                        .pow(scale - i)
                        .mod(BigInteger.valueOf(step))
                        .longValue();
            }
        }

        /** A step in units of its last digit, or in ones. */
        static BigInteger unscaled(BigDecimal multiple) {
            return multiple.setScale(Math.max(0, multiple.scale())).unscaledValue();
        }

        /**
         * One reader that distinguishes what this one and another do; null if they count different digits, or if it would have many
         * states.
         */
        @Nullable
        Remainder and(Remainder other) {
            long common = step
                    / BigInteger.valueOf(step)
                            .gcd(BigInteger.valueOf(other.step))
                            .longValue();
            return scale == other.scale && common <= MAX_STATES / other.step / (scale + 3)
                    ? new Remainder(scale, common * other.step)
                    : null;
        }

        /** Whether the number read so far is a multiple of what divides this one's step, in units of the last digit. */
        boolean holds(int state, long each) {
            int width = scale + 3;
            int place = state % width;
            int behind = Math.max(0, place - 1);
            return place != scale + 2 && (long) (state / width) * powers[behind] % each == 0;
        }

        /** Whether a multiple can be read with a table of reasonable size. */
        static boolean isSmall(BigDecimal multiple) {
            int scale = Math.max(0, multiple.scale());
            return multiple.precision() - multiple.scale() < 12
                    && scale < 12
                    && multiple.setScale(scale).unscaledValue().bitLength() < 40
                    && multiple.setScale(scale).unscaledValue().longValue() * (scale + 2) <= MAX_STATES;
        }

        /** States: remainder times (scale + 3), plus digits after the point + 1; 0 before it; the last: no multiple. */
        @Override
        public int step(int state, int symbol) {
            int width = scale + 3;
            int place = state % width;
            long remainder = state / width;
            if (symbol == MINUS || place == scale + 2) {
                return state;
            }
            if (symbol == POINT) {
                return state + 1;
            }
            if (place == scale + 1) {
                return symbol == 0 ? state : scale + 2;
            }
            long next = (remainder * 10 + symbol) % step;
            return (int) (next * width + (place == 0 ? 0 : place + 1));
        }

        @Override
        public boolean holds(int state) {
            return holds(state, step);
        }
    }

    /** A tree of the plain spellings, and whether the value so far is one of the members. */
    final class Members implements NumberReader {
        private final List<Map<Integer, Integer>> nodes = new ArrayList<>();
        private final List<Boolean> ends = new ArrayList<>();

        Members(Set<BigDecimal> values) {
            node();
            node();
            for (BigDecimal value : values) {
                insert(value.toPlainString());
                if (value.signum() == 0) {
                    insert("-0");
                }
            }
        }

        private int node() {
            nodes.add(new HashMap<>());
            ends.add(false);
            return nodes.size() - 1;
        }

        private void insert(String text) {
            int at = 0;
            for (char c : text.toCharArray()) {
                int symbol = c == '-' ? MINUS : c == '.' ? POINT : c - '0';
                int from = at;
                Integer next = nodes.get(from).get(symbol);
                if (next == null) {
                    next = node();
                    nodes.get(from).put(symbol, next);
                }
                at = next;
            }
            ends.set(at, true);
        }

        /** States: node times 4, plus 2 after the point, plus 1 when the value is a member. Node 1 is off the tree. */
        @Override
        public int step(int state, int symbol) {
            int node = nodes.get(state >>> 2).getOrDefault(symbol, 1);
            boolean behind = (state & 2) != 0;
            boolean zeros = (state & 1) != 0 && (symbol == POINT || (behind && symbol == 0));
            boolean member = ends.get(node) || zeros;
            return node << 2 | (behind || symbol == POINT ? 2 : 0) | (member ? 1 : 0);
        }

        @Override
        public boolean holds(int state) {
            return (state & 1) != 0;
        }
    }
}
