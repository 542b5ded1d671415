// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.Bound;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.python.Arithmetic;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.python.NumberReader;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Real;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Filters of numbers. */
final class NumberFilters {

    private static final int MOST_PRECISION = 400;

    private NumberFilters() {}

    static void define(Table table) {
        table.define("abs", "", (s, a, r) -> Arithmetic.absolute(s));
        table.define("int", "default? base?", NumberFilters::integer);
        table.define("float", "default?", NumberFilters::real);
        table.define("round", "precision? method?", NumberFilters::round);
        table.define("filesizeformat", "binary?", NumberFilters::fileSize);
    }

    private static Value integer(Value subject, Bound arguments, CallContext context) {
        Elements.defined(subject);
        if (subject instanceof Text text) {
            BigInteger read = NumberReader.integer(text.string(), arguments.integer(1, 10));
            if (read != null) {
                return Int.of(read);
            }
        }
        if (subject instanceof Numeric number && number.isIntegral()) {
            return Int.of(number.integer());
        }
        Double real = toReal(subject);
        if (real == null || Double.isNaN(real) || Double.isInfinite(real)) {
            return arguments.or(0, Int.of(0));
        }
        return Int.of(new BigDecimal(real).toBigInteger());
    }

    private static Value real(Value subject, Bound arguments, CallContext context) {
        Double real = toReal(Elements.defined(subject));
        return real == null ? arguments.or(0, Real.of(0)) : Real.of(real);
    }

    private static @Nullable Double toReal(Value value) {
        if (value instanceof Numeric number) {
            return Arithmetic.real(number);
        }
        return value instanceof Text text ? NumberReader.real(text.string()) : null;
    }

    private static Value round(Value subject, Bound arguments, CallContext context) {
        String method = arguments.text(1, Text.trusted("common")).string();
        int precision = arguments.integer(0, 0);
        if (!List.of("common", "ceil", "floor").contains(method)) {
            throw Fault.value("round() expects the method common, ceil or floor");
        }
        if (!(Elements.defined(subject) instanceof Numeric number)) {
            throw Fault.type("type " + subject.type() + " doesn't define __round__ method");
        }
        if (method.equals("common")) {
            return number.isIntegral()
                    ? roundedInteger(number.integer(), precision)
                    : roundedReal(number.real(), precision);
        }
        Value scale = Arithmetic.power(Int.of(10), Int.of(precision));
        Numeric scaled = (Numeric) Arithmetic.multiply(number, scale, context.meter());
        RoundingMode mode = method.equals("ceil") ? RoundingMode.CEILING : RoundingMode.FLOOR;
        Int whole = scaled.isIntegral() ? Int.of(scaled.integer()) : whole(scaled.real(), mode);
        return Arithmetic.divide(whole, scale);
    }

    private static Int whole(double number, RoundingMode mode) {
        checkFinite(number);
        return Int.of(new BigDecimal(number).setScale(0, mode).toBigInteger());
    }

    private static void checkFinite(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw Fault.value("cannot convert float infinity or NaN to integer");
        }
    }

    private static Value roundedInteger(BigInteger number, int precision) {
        if (precision >= 0) {
            return Int.of(number);
        }
        int digits = -Math.max(precision, -MOST_PRECISION);
        return Int.of(
                new BigDecimal(number).setScale(-digits, RoundingMode.HALF_EVEN).toBigInteger());
    }

    private static Value roundedReal(double number, int precision) {
        if (Double.isNaN(number) || Double.isInfinite(number) || precision > MOST_PRECISION) {
            return Real.of(number);
        }
        double rounded = new BigDecimal(number)
                .setScale(Math.max(precision, -MOST_PRECISION), RoundingMode.HALF_EVEN)
                .doubleValue();
        return Real.of(Math.copySign(rounded, number));
    }

    private static Value fileSize(Value subject, Bound arguments, CallContext context) {
        Double size = toReal(Elements.defined(subject));
        if (size == null) {
            throw Fault.type("filesizeformat() expects a number, not " + subject.type());
        }
        checkFinite(size);
        boolean isBinary = arguments.flag(0);
        double base = isBinary ? 1024 : 1000;
        if (size == 1) {
            return Text.trusted("1 Byte");
        }
        if (size < base) {
            return Text.trusted((long) size.doubleValue() + " Bytes");
        }
        String prefixes = isBinary ? "KMGTPEZY" : "kMGTPEZY";
        int at = 0;
        double unit = base * base;
        while (size >= unit && at < prefixes.length() - 1) {
            unit *= base;
            at++;
        }
        String number = new BigDecimal(base * size / unit)
                .setScale(1, RoundingMode.HALF_EVEN)
                .toPlainString();
        return Text.trusted(String.format(Locale.ROOT, "%s %c%s", number, prefixes.charAt(at), isBinary ? "iB" : "B"));
    }
}
