// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.DictView;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Real;
import dev.espalier.chat.value.Sized;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Tuple;
import dev.espalier.chat.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code format % values}. */
public final class PercentFormat {

    private static final Pattern FIELD = Pattern.compile(
            "%(?:\\(([^()]*)\\))?([-#0 +]*)(\\*|[0-9]{1,7})?(?:\\.(\\*|[0-9]{0,4}))?[hlL]?(.)?", Pattern.DOTALL);

    private final Meter meter;
    private final Value values;
    private final boolean escapes;
    private int next;

    private PercentFormat(Value values, boolean escapes, Meter meter) {
        this.values = values;
        this.escapes = escapes;
        this.meter = meter;
    }

    /** A format with its fields filled in. */
    public static Text format(Text format, Value values, Meter meter) {
        PercentFormat fields = new PercentFormat(values, format.isMarkup(), meter);
        TextBuilder out = new TextBuilder(meter);
        Matcher matcher = FIELD.matcher(format.string());
        int start = 0;
        while (matcher.find()) {
            out.append(format, start, matcher.start());
            fields.field(format, matcher, out);
            start = matcher.end();
        }
        out.append(format, start, format.string().length());
        fields.checkAllUsed();
        return out.toText().asMarkup(format.isMarkup());
    }

    private void checkAllUsed() {
        boolean isMapping = values instanceof Sized && !(values instanceof Text || values instanceof DictView);
        boolean isLeft = values instanceof Tuple tuple ? next < tuple.size() : !isMapping && next == 0;
        if (isLeft) {
            throw Fault.type("not all arguments converted during string formatting");
        }
    }

    private void field(Text format, Matcher field, TextBuilder out) {
        String kind = field.group(5);
        if (kind == null) {
            throw Fault.value("incomplete format");
        }
        if (kind.equals("%")) {
            out.append(format, field.start(5), field.end());
            return;
        }
        String flags = field.group(2);
        int width = number(field.group(3), 0);
        boolean isLeft = flags.contains("-") || width < 0;
        int precision = field.group(4) != null && field.group(4).isEmpty() ? 0 : number(field.group(4), -1);
        Value value = field.group(1) == null ? positional() : named(field.group(1));
        char conversion = kind.charAt(0);
        Text fill = flags.contains("0") && !isLeft ? FormatSpec.ZERO : FormatSpec.BLANK;
        char align = isLeft ? '<' : fill == FormatSpec.ZERO ? '=' : '>';
        char sign = flags.contains("+") ? '+' : flags.contains(" ") ? ' ' : '-';
        boolean isAlternate = flags.contains("#");
        if ("srac".indexOf(conversion) >= 0) {
            int most = conversion == 'c' ? -1 : precision;
            char side = isLeft ? '<' : '>';
            new FormatSpec(FormatSpec.BLANK, side, '-', false, Math.abs(width), ' ', most, ' ')
                    .format(text(conversion, value), out);
        } else if ("diuxXo".indexOf(conversion) >= 0) {
            Int integer = integer(conversion, value);
            char type = "diu".indexOf(conversion) >= 0 ? 'd' : conversion;
            integer(
                    new FormatSpec(fill, align, sign, isAlternate, Math.abs(width), ' ', -1, type),
                    integer,
                    precision,
                    out);
        } else if ("eEfFgG".indexOf(conversion) >= 0) {
            new FormatSpec(fill, align, sign, isAlternate, Math.abs(width), ' ', precision, conversion)
                    .format(real(value), out);
        } else {
            throw Fault.value("unsupported format character '" + kind + "'");
        }
    }

    private static Real real(Value value) {
        if (Elements.defined(value) instanceof Numeric number) {
            return Real.of(Arithmetic.real(number));
        }
        throw Fault.type("must be real number, not " + value.type());
    }

    private static void integer(FormatSpec spec, Int integer, int precision, TextBuilder out) {
        if (precision < 0) {
            spec.format(integer, out);
            return;
        }
        Text digits = TextBuilder.print(integer, out.meter());
        int width = precision + (integer.integer().signum() < 0 ? 1 : 0);
        Text filled = Strings.zeroFill(digits, width, out.meter());
        new FormatSpec(FormatSpec.BLANK, spec.align() == '<' ? '<' : '>', '-', false, spec.width(), ' ', -1, ' ')
                .format(filled, out);
    }

    private Text text(char conversion, Value value) {
        if (conversion == 'c') {
            boolean isCharacter = value instanceof Text text && text.size() == 1;
            return isCharacter ? (Text) value : Text.trusted(Character.toString(codePoint(value)));
        }
        if (conversion == 's') {
            Text printed = TextBuilder.print(value, meter);
            return escapes ? Markup.escape(printed, meter) : printed;
        }
        TextBuilder notation = new TextBuilder(meter);
        value.represent(notation);
        return notation.toText();
    }

    static int codePoint(Value value) {
        if (Elements.defined(value) instanceof Numeric number && number.isIntegral()) {
            BigInteger code = number.integer();
            if (code.signum() >= 0 && code.bitLength() <= 21 && Character.isValidCodePoint(code.intValue())) {
                return code.intValue();
            }
            throw Fault.value("%c arg not in range(0x110000)");
        }
        throw Fault.type("%c requires int or char");
    }

    private static Int integer(char conversion, Value value) {
        if (Elements.defined(value) instanceof Numeric number) {
            boolean isWhole = number.isIntegral();
            double real = number.real();
            if (isWhole) {
                return Int.of(number.integer());
            }
            boolean isFinite = !Double.isNaN(real) && !Double.isInfinite(real);
            if (isFinite && "diu".indexOf(conversion) >= 0) {
                return Int.of(new BigDecimal(real).toBigInteger());
            }
        }
        String wanted = "diu".indexOf(conversion) >= 0 ? "a real number" : "an integer";
        throw Fault.type(
                String.format(Locale.ROOT, "%%%c format: %s is required, not %s", conversion, wanted, value.type()));
    }

    private int number(@Nullable String written, int usual) {
        if (written == null || written.isEmpty()) {
            return usual;
        }
        if (!written.equals("*")) {
            return Integer.parseInt(written);
        }
        if (positional() instanceof Numeric number
                && number.isIntegral()
                && number.integer().bitLength() < 24) {
            return number.integer().intValue();
        }
        throw Fault.type("* wants int");
    }

    private Value positional() {
        List<Value> all = values instanceof Tuple tuple ? tuple.items() : List.of(values);
        if (next >= all.size()) {
            throw Fault.type("not enough arguments for format string");
        }
        return all.get(next++);
    }

    private Value named(String name) {
        next = 1;
        if (!(values instanceof Dict dict)) {
            throw Fault.type("format requires a mapping");
        }
        Value value = dict.entries().get(Text.trusted(name));
        if (value == null) {
            throw Fault.value("the mapping has no key '" + name + "'");
        }
        return value;
    }
}
