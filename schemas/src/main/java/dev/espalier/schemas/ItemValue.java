package dev.espalier.schemas;

import dev.espalier.grammar.DeepStack;
import dev.espalier.grammar.Limits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value that was read, compared by JSON Schema's equality: numbers by value, objects without order.
 *
 * @param canonical the one text of all equal values: compact, keys sorted, numbers plain
 * @param value the value; null's where this is but a name
 * @param some what this is a name for; null for a value that is known
 */
record ItemValue(
        String canonical, JsonValue value, @Nullable Some some) implements Comparable<ItemValue> {

    /** Digits of a number that are written out. */
    private static final int PLAIN_DIGITS = 400;

    private static final JsonValue NOTHING = new JsonValue.Literal("null", 0, 0);

    /**
     * The value of a whole text.
     *
     * @throws dev.espalier.grammar.error.LimitExceededException as for the numbers and nesting of a schema
     */
    static ItemValue of(byte[] text, Limits limits) {
        String source = new String(text, StandardCharsets.UTF_8);
        JsonValue value = JsonReader.read("", source, limits, new Shapes());
        StringBuilder canonical = new StringBuilder(source.length());
        return DeepStack.call(NestingDepth.of(source), () -> {
            write(value, canonical);
            return new ItemValue(canonical.toString(), value, null);
        });
    }

    /**
     * A value that nobody has looked up: the n-th shortest of a class of those that were not used when it was chosen.
     *
     * @param diagram the goal that has the class
     * @param each the class
     * @param n from 0
     */
    record Some(int diagram, int each, int n) {}

    /** A name for a value. */
    static ItemValue of(Some some) {
        return new ItemValue("?" + some.diagram + "/" + some.each + "/" + some.n, NOTHING, some);
    }

    private static void write(JsonValue value, StringBuilder out) {
        if (value instanceof JsonValue.Literal literal) {
            out.append(literal.name());
        } else if (value instanceof JsonValue.Numeral number) {
            out.append(number(number.value()));
        } else if (value instanceof JsonValue.Text text) {
            quoted(text.value(), out);
        } else if (value instanceof JsonValue.Items array) {
            char separator = '[';
            for (JsonValue item : array.items()) {
                out.append(separator);
                write(item, out);
                separator = ',';
            }
            out.append(separator == '[' ? "[]" : "]");
        } else if (value instanceof JsonValue.Members object) {
            char separator = '{';
            for (Map.Entry<String, JsonValue> member : new TreeMap<>(object.members()).entrySet()) {
                quoted(member.getKey(), out.append(separator));
                write(member.getValue(), out.append(':'));
                separator = ',';
            }
            out.append(separator == '{' ? "{}" : "}");
        }
    }

    /** The plain spelling, unless it is endlessly long. */
    static String number(BigDecimal value) {
        boolean plain =
                Math.abs((long) value.precision() - value.scale()) + Math.abs((long) value.scale()) < PLAIN_DIGITS;
        return plain ? value.toPlainString() : value.toString();
    }

    private static void quoted(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        out.append('"');
    }

    @Override
    public int compareTo(ItemValue other) {
        return canonical.compareTo(other.canonical);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemValue that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }
}
