// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.ListValue;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Real;
import dev.espalier.chat.value.Row;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Tuple;
import dev.espalier.chat.value.Value;
import dev.espalier.core.error.LimitExceededException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic operators, on numbers, texts and lists. */
public final class Arithmetic {

    private static final int MOST_BITS = 1 << 16;
    private static final int EXACT_BITS = 53;

    private Arithmetic() {}

    /** {@code left + right}. */
    public static Value add(Value left, Value right, Meter meter) {
        if (left instanceof Numeric a && right instanceof Numeric b) {
            return isIntegral(a, b) ? integer(a.integer().add(b.integer())) : Real.of(real(a) + real(b));
        }
        if (left instanceof Text a && right instanceof Text b) {
            boolean isMarkup = a.isMarkup() || b.isMarkup();
            TextBuilder sum = new TextBuilder(meter);
            sum.append(isMarkup ? Markup.escape(a, meter) : a).append(isMarkup ? Markup.escape(b, meter) : b);
            return sum.toText().asMarkup(isMarkup);
        }
        if (left instanceof Row a && right instanceof Row b && a.type().equals(b.type())) {
            List<Value> sum = new ArrayList<>(a.items());
            sum.addAll(b.items());
            meter.spend(sum.size());
            return left instanceof ListValue ? new ListValue(sum) : new Tuple(sum);
        }
        Elements.defined(left);
        Elements.defined(right);
        if (left instanceof Text || left instanceof Row) {
            String type = left.type();
            throw Fault.type("can only concatenate " + type + " (not \"" + right.type() + "\") to " + type);
        }
        throw unsupported("+", left, right);
    }

    /** {@code left - right}. */
    public static Value subtract(Value left, Value right) {
        if (left instanceof Numeric a && right instanceof Numeric b) {
            return isIntegral(a, b) ? integer(a.integer().subtract(b.integer())) : Real.of(real(a) - real(b));
        }
        throw unsupported("-", left, right);
    }

    /** {@code left * right}. */
    public static Value multiply(Value left, Value right, Meter meter) {
        if (left instanceof Numeric a && right instanceof Numeric b) {
            return isIntegral(a, b) ? integer(a.integer().multiply(b.integer())) : Real.of(real(a) * real(b));
        }
        if (right instanceof Numeric count && count.isIntegral() && (left instanceof Text || left instanceof Row)) {
            return repeat(left, count.integer(), meter);
        }
        if (left instanceof Numeric count && count.isIntegral() && (right instanceof Text || right instanceof Row)) {
            return repeat(right, count.integer(), meter);
        }
        throw unsupported("*", left, right);
    }

    private static Value repeat(Value value, BigInteger wanted, Meter meter) {
        if (wanted.bitLength() >= Long.SIZE) {
            throw Fault.value("cannot fit 'int' into an index-sized integer");
        }
        int length = Elements.size(value);
        BigInteger most = BigInteger.valueOf(Integer.MAX_VALUE);
        long count = length == 0 || wanted.signum() <= 0 ? 0 : wanted.min(most).longValue();
        if (value instanceof Text text) {
            TextBuilder copies = new TextBuilder(meter);
            for (long i = 0; i < count; i++) {
                copies.append(text);
            }
            return copies.toText().asMarkup(text.isMarkup());
        }
        meter.spend(length * count);
        List<Value> copies = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            copies.addAll(((Row) value).items());
        }
        return value instanceof ListValue ? new ListValue(copies) : new Tuple(copies);
    }

    /** {@code left / right}. */
    public static Value divide(Value left, Value right) {
        if (!(left instanceof Numeric a) || !(right instanceof Numeric b)) {
            throw unsupported("/", left, right);
        }
        nonZero(b, "division by zero");
        boolean isSmall = !isIntegral(a, b)
                || (a.integer().bitLength() <= EXACT_BITS && b.integer().bitLength() <= EXACT_BITS);
        if (isSmall) {
            return Real.of(real(a) / real(b));
        }
        double quotient = new BigDecimal(a.integer())
                .divide(new BigDecimal(b.integer()), MathContext.DECIMAL128)
                .doubleValue();
        if (Double.isInfinite(quotient)) {
            throw Fault.value("integer division result too large for a float");
        }
        return Real.of(quotient);
    }

    /** {@code left // right}. */
    public static Value floorDivide(Value left, Value right) {
        if (!(left instanceof Numeric a) || !(right instanceof Numeric b)) {
            throw unsupported("//", left, right);
        }
        nonZero(b, "integer division or modulo by zero");
        if (isIntegral(a, b)) {
            return integer(floorDivide(a.integer(), b.integer())[0]);
        }
        double x = real(a);
        double y = real(b);
        double quotient = (x - remainder(x, y)) / y;
        if (quotient == 0) {
            return Real.of(Math.copySign(0.0, x / y));
        }
        double floor = Math.floor(quotient);
        return Real.of(quotient - floor > 0.5 ? floor + 1 : floor);
    }

    /** {@code left % right}, which formats if {@code left} is a text. */
    public static Value remainder(Value left, Value right, Meter meter) {
        if (left instanceof Text format) {
            return PercentFormat.format(format, right, meter);
        }
        if (!(left instanceof Numeric a) || !(right instanceof Numeric b)) {
            throw unsupported("%", left, right);
        }
        nonZero(b, "integer division or modulo by zero");
        return isIntegral(a, b)
                ? integer(floorDivide(a.integer(), b.integer())[1])
                : Real.of(remainder(real(a), real(b)));
    }

    private static BigInteger[] floorDivide(BigInteger a, BigInteger b) {
        BigInteger[] result = a.divideAndRemainder(b);
        if (result[1].signum() != 0 && result[1].signum() != b.signum()) {
            result[0] = result[0].subtract(BigInteger.ONE);
            result[1] = result[1].add(b);
        }
        return result;
    }

    private static double remainder(double x, double y) {
        double rest = x % y;
        if (rest == 0) {
            return Math.copySign(0.0, y);
        }
        return (y < 0) == (rest < 0) ? rest : rest + y;
    }

    /** {@code left ** right}. */
    public static Value power(Value left, Value right) {
        if (!(left instanceof Numeric a) || !(right instanceof Numeric b)) {
            throw unsupported("** or pow()", left, right);
        }
        if (isIntegral(a, b) && b.integer().signum() >= 0) {
            BigInteger base = a.integer();
            long bits = Math.max(base.bitLength(), 1) * (long) Math.min(b.real(), MOST_BITS + 1.0);
            boolean isTrivial = base.abs().compareTo(BigInteger.ONE) <= 0;
            if (isTrivial) {
                boolean isOdd = b.integer().testBit(0);
                return Int.of(b.integer().signum() == 0 ? BigInteger.ONE : isOdd ? base : base.abs());
            }
            checkBits(bits / 2);
            return integer(base.pow(b.integer().intValueExact()));
        }
        double x = real(a);
        double y = real(b);
        if (x == 0 && y < 0) {
            throw Fault.value("0.0 cannot be raised to a negative power");
        }
        if (x < 0 && y != Math.rint(y)) {
            throw Fault.value("a negative number to a fractional power is complex");
        }
        double power = Math.abs(x) == 1 && !Double.isNaN(y) ? powerOfOne(x, y) : Math.pow(x, y);
        if (Double.isInfinite(power) && !Double.isInfinite(x) && !Double.isInfinite(y)) {
            throw Fault.value("Numerical result out of range");
        }
        return Real.of(power);
    }

    private static double powerOfOne(double x, double y) {
        return x == 1 || Double.isInfinite(y) || y % 2 == 0 ? 1 : -1;
    }

    /** {@code -value}. */
    public static Value negate(Value value) {
        if (Elements.defined(value) instanceof Numeric number) {
            return number.isIntegral() ? Int.of(number.integer().negate()) : Real.of(-number.real());
        }
        throw Fault.type("bad operand type for unary -: '" + value.type() + "'");
    }

    /** {@code +value}. */
    public static Value plus(Value value) {
        if (Elements.defined(value) instanceof Numeric number) {
            return number.isIntegral() ? Int.of(number.integer()) : number;
        }
        throw Fault.type("bad operand type for unary +: '" + value.type() + "'");
    }

    /** {@code abs(value)}. */
    public static Value absolute(Value value) {
        if (Elements.defined(value) instanceof Numeric number) {
            return number.isIntegral() ? Int.of(number.integer().abs()) : Real.of(Math.abs(number.real()));
        }
        throw Fault.type("bad operand type for abs(): '" + value.type() + "'");
    }

    /** A number as a double, unless it is too large. */
    public static double real(Numeric number) {
        double real = number.real();
        if (number.isIntegral() && Double.isInfinite(real)) {
            throw Fault.value("int too large to convert to float");
        }
        return real;
    }

    private static boolean isIntegral(Numeric a, Numeric b) {
        return a.isIntegral() && b.isIntegral();
    }

    private static void nonZero(Numeric number, String message) {
        if (!number.isTrue()) {
            throw Fault.value(message);
        }
    }

    private static Int integer(BigInteger value) {
        checkBits(value.bitLength());
        return Int.of(value);
    }

    private static void checkBits(long bits) {
        if (bits > MOST_BITS) {
            throw new LimitExceededException(
                    "integerBits", MOST_BITS, bits, "a template computes with smaller integers");
        }
    }

    private static Fault unsupported(String operator, Value left, Value right) {
        Elements.defined(left);
        Elements.defined(right);
        return Fault.type(
                "unsupported operand type(s) for " + operator + ": '" + left.type() + "' and '" + right.type() + "'");
    }
}
