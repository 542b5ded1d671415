package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How the JSON text of an instance is written. */
public enum InstanceText {
    /** As Python's {@code json.dumps(data, ensure_ascii=False)} does it: {@code ", "} and {@code ": "}. MaskBench's form. */
    OFFICIAL(", ", ": ", WhiteSpace.ANY),
    /** Without any white space. */
    COMPACT(",", ":", WhiteSpace.COMPACT);

    private final String comma;
    private final String colon;
    private final WhiteSpace whiteSpace;

    InstanceText(String comma, String colon, WhiteSpace whiteSpace) {
        this.comma = comma;
        this.colon = colon;
        this.whiteSpace = whiteSpace;
    }

    /**
     * The options under which a schema allows valid values in this form: its white space, and numbers in any spelling, since
     * Python writes small ones as {@code 1e-06}.
     */
    public SchemaOptions options() {
        return SchemaOptions.DEFAULT.withWhiteSpace(whiteSpace).withNumberSpelling(NumberSpelling.ANY);
    }

    /**
     * Writes a JSON text in this form. Members keep their order, integers their digits, floats become the shortest
     * decimal as Python prints it.
     *
     * @param json one well-formed JSON value
     */
    public String of(String json) {
        StringBuilder out = new StringBuilder(json.length() + 16);
        int i = 0;
        while (i < json.length()) {
            char c = json.charAt(i);
            if (c == '"') {
                i = string(json, i, out);
            } else if (c == '-' || (c >= '0' && c <= '9')) {
                i = number(json, i, out);
            } else {
                if (c == ',') {
                    out.append(comma);
                } else if (c == ':') {
                    out.append(colon);
                } else if (!Character.isWhitespace(c)) {
                    out.append(c);
                }
                i++;
            }
        }
        return out.toString();
    }

    private static int string(String json, int start, StringBuilder out) {
        out.append('"');
        int i = start + 1;
        while (json.charAt(i) != '"') {
            char c = json.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = json.charAt(i++);
            switch (escape) {
                case 'u' -> {
                    character((char) Integer.parseInt(json.substring(i, i + 4), 16), out);
                    i += 4;
                }
                case '/' -> out.append('/');
                default -> out.append('\\').append(escape);
            }
        }
        out.append('"');
        return i + 1;
    }

    private static void character(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c < ' ') {
                    out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    private static int number(String json, int start, StringBuilder out) {
        int i = start;
        boolean integer = true;
        while (i < json.length() && "+-.eE0123456789".indexOf(json.charAt(i)) >= 0) {
            char c = json.charAt(i++);
            integer &= c == '-' || (c >= '0' && c <= '9');
        }
        String digits = json.substring(start, i);
        out.append(integer ? digits : python(Double.parseDouble(digits)));
        return i;
    }

    /** A float as Python's {@code repr} prints it: with an exponent below 1e-4 and from 1e16. */
    static String python(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal decimal = shortest(value).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = decimal.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = decimal.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (value < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /** The decimal with the fewest digits that reads as this double, of these the nearest: before Java 19 its own is often longer. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean nearerBelow =
                    exact.subtract(below).abs().compareTo(above.subtract(exact).abs()) <= 0;
            BigDecimal near = nearerBelow ? below : above;
            BigDecimal far = nearerBelow ? above : below;
            if (near.doubleValue() == value) {
                return near;
            } else if (far.doubleValue() == value) { // next to a power of two the nearer one may be another double
                return far;
            }
        }
        return exact.round(new MathContext(17));
    }
}
