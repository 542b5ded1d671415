// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Real;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Value;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows the colon of a replacement field: how a value is laid out.
 *
 * @param fill the character beside short values
 * @param align {@code < > ^ =}, or a blank for the usual one
 * @param sign what positive numbers begin with: {@code -} for nothing
 * @param isAlternate whether a prefix shows the base
 * @param width the least code points
 * @param grouping what stands between thousands; a blank for nothing
 * @param precision digits, or the most code points of a text; -1 for the usual
 * @param kind the presentation type; a blank for the usual
 */
record FormatSpec(
        Text fill, char align, char sign, boolean isAlternate, int width, char grouping, int precision, char kind) {

    private static final Pattern SYNTAX = Pattern.compile(
            "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?([0-9]{1,7})?([,_])?(?:\\.([0-9]{1,7}))?([a-zA-Z%])?", Pattern.DOTALL);
    static final Text ZERO = Text.trusted("0");
    static final Text BLANK = Text.trusted(" ");
    private static final int THOUSAND = 3;
    private static final int MOST_PRECISION = 2000;

    static FormatSpec parse(Text spec) {
        Matcher parts = SYNTAX.matcher(spec.string());
        if (!parts.matches()) {
            throw Fault.value("Invalid format specifier");
        }
        boolean zero = parts.group(5) != null;
        String align = parts.group(2);
        return new FormatSpec(
                parts.group(1) != null
                        ? spec.substring(parts.start(1), parts.end(1)).asMarkup(false)
                        : zero ? ZERO : BLANK,
                align != null ? align.charAt(0) : zero ? '=' : ' ',
                parts.group(3) == null ? '-' : parts.group(3).charAt(0),
                parts.group(4) != null,
                parts.group(6) == null ? 0 : Integer.parseInt(parts.group(6)),
                parts.group(7) == null ? ' ' : parts.group(7).charAt(0),
                parts.group(8) == null ? -1 : Integer.parseInt(parts.group(8)),
                parts.group(9) == null ? ' ' : parts.group(9).charAt(0));
    }

    /** {@code format(value, spec)}. */
    void format(Value value, TextBuilder out) {
        if (value instanceof Numeric number && !(number.type().equals("bool") && kind == ' ' && isPlain())) {
            number(number, out);
            return;
        }
        if (!(value instanceof Text) && !isPlain()) {
            throw Fault.type("unsupported format string passed to " + value.type() + ".__format__");
        }
        Text text = TextBuilder.print(value, out.meter());
        if ((kind != ' ' && kind != 's')
                || (align == '=' && !fill.equals(ZERO))
                || sign != '-'
                || isAlternate
                || grouping != ' ') {
            throw Fault.value("Unknown format code '" + kind + "' for object of type 'str'");
        }
        Text cut = precision >= 0 && precision < text.size() ? text.slice(0, precision) : text;
        lay(out, "", cut, '<');
    }

    private boolean isPlain() {
        return equals(parse(Text.EMPTY));
    }

    private void number(Numeric number, TextBuilder out) {
        boolean isReal = !number.isIntegral() || "eEfFgG%".indexOf(kind) >= 0;
        boolean isNegative = isReal
                ? number.real() < 0 || (number.real() == 0 && 1 / number.real() < 0)
                : number.integer().signum() < 0;
        String lead = isNegative ? "-" : sign == '-' ? "" : String.valueOf(sign);
        if (isReal) {
            checkPrecision();
            lay(out, lead, Text.trusted(grouped(real(Math.abs(Arithmetic.real(number))))), '>');
            return;
        }
        if (precision >= 0) {
            throw Fault.value("Precision not allowed in integer format specifier");
        }
        BigInteger magnitude = number.integer().abs();
        String digits = switch (kind) {
            case ' ', 'd', 'n' ->
                TextBuilder.print(Int.of(magnitude), out.meter()).string();
            case 'x' -> magnitude.toString(16);
            case 'X' -> magnitude.toString(16).toUpperCase(Locale.ROOT);
            case 'o' -> magnitude.toString(8);
            case 'b' -> magnitude.toString(2);
            case 'c' -> Character.toString(PercentFormat.codePoint(number));
            default ->
                throw Fault.value("Unknown format code '" + kind + "' for object of type '" + number.type() + "'");
        };
        String prefix = isAlternate && "xXob".indexOf(kind) >= 0 ? "0" + kind : "";
        lay(out, lead + prefix, Text.trusted(grouped(digits)), kind == 'c' ? '<' : '>');
    }

    private void checkPrecision() {
        if (precision > MOST_PRECISION) {
            throw Fault.value("more than " + MOST_PRECISION + " digits of precision");
        }
    }

    private String real(double magnitude) {
        return switch (kind) {
            case ' ' -> precision < 0 ? Real.text(magnitude) : NumberFormat.plain(magnitude, precision);
            case '%' -> NumberFormat.digits(magnitude * 100, 'f', usualPrecision(), false) + "%";
            case 'e', 'E', 'f', 'F', 'g', 'G' -> NumberFormat.digits(magnitude, kind, usualPrecision(), isAlternate);
            case 'n' -> NumberFormat.digits(magnitude, 'g', usualPrecision(), false);
            default -> throw Fault.value("Unknown format code '" + kind + "' for object of type 'float'");
        };
    }

    private int usualPrecision() {
        return precision < 0 ? 6 : precision;
    }

    private String grouped(String digits) {
        if (grouping == ' ') {
            return digits;
        }
        int size = "xXob".indexOf(kind) >= 0 && kind != ' ' ? 4 : THOUSAND;
        int end = 0;
        while (end < digits.length()
                && Character.digit(digits.charAt(end), 16) >= 0
                && !(size == THOUSAND && digits.charAt(end) > '9')) {
            end++;
        }
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < end; i++) {
            if (i > 0 && (end - i) % size == 0) {
                grouped.append(grouping);
            }
            grouped.append(digits.charAt(i));
        }
        return grouped.append(digits, end, digits.length()).toString();
    }

    private void lay(TextBuilder out, String lead, Text body, char usual) {
        int room = Math.max(0, width - lead.length() - body.size());
        char place = align == ' ' || (align == '=' && usual == '<') ? usual : align;
        int before = place == '>' ? room : place == '^' ? room / 2 : 0;
        int inside = place == '=' ? room : 0;
        fill(out, before);
        out.append(lead);
        fill(out, inside);
        out.append(body);
        fill(out, room - before - inside);
    }

    private void fill(TextBuilder out, int count) {
        for (int i = 0; i < count; i++) {
            out.append(fill);
        }
    }
}
