// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;

/** Writes a value as JSON text, each time in another spelling: white space, escapes, forms of numbers. */
@NullUnmarked
public final class SpelledJson {

    private final Random random;
    private final boolean plain;
    private final StringBuilder text = new StringBuilder();

    private SpelledJson(Random random, boolean plain) {
        this.random = random;
        this.plain = plain;
    }

    /** One of the texts of a value. */
    public static String any(Object value, Random random) {
        SpelledJson writer = new SpelledJson(random, random.nextInt(3) == 0);
        writer.write(value);
        return writer.text.toString();
    }

    /** The compact text of a value. */
    public static String plain(Object value) {
        SpelledJson writer = new SpelledJson(new Random(0), true);
        writer.write(value);
        return writer.text.toString();
    }

    private void blank() {
        if (!plain && random.nextInt(5) == 0) {
            text.append(List.of(" ", "\n", "\t", "\r\n  ").get(random.nextInt(4)));
        }
    }

    private void write(Object value) {
        blank();
        if (value instanceof Map<?, ?> members) {
            text.append('{');
            boolean first = true;
            for (Map.Entry<?, ?> member : members.entrySet()) {
                text.append(first ? "" : ",");
                first = false;
                blank();
                string((String) member.getKey());
                blank();
                text.append(':');
                write(member.getValue());
                if (!plain && random.nextInt(80) == 0) {
                    // a key that is there already, perhaps in another spelling
                    text.append(',');
                    string((String) member.getKey());
                    text.append(":0");
                }
            }
            text.append('}');
        } else if (value instanceof List<?> items) {
            text.append('[');
            for (int i = 0; i < items.size(); i++) {
                text.append(i == 0 ? "" : ",");
                write(items.get(i));
            }
            text.append(']');
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof BigDecimal number) {
            text.append(number(number));
        } else {
            text.append(value);
        }
        blank();
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            boolean escaped = !plain && random.nextInt(12) == 0;
            if (Character.isHighSurrogate(c)) {
                char low = string.charAt(++i);
                text.append(escaped ? String.format("\\u%04x\\u%04X", (int) c, (int) low) : "" + c + low);
            } else if (escaped) {
                text.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            } else if (c == '"' || c == '\\' || (c == '/' && !plain && random.nextBoolean())) {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private String number(BigDecimal number) {
        if (plain || random.nextInt(3) > 0) {
            return number.toString();
        }
        return switch (random.nextInt(5)) {
            case 0 -> number.toPlainString();
            case 1 -> number.setScale(Math.max(number.scale(), 0) + 1).toPlainString();
            case 2 -> number.movePointRight(1).toPlainString() + "e-1";
            case 3 -> number.movePointLeft(2).toPlainString() + (random.nextBoolean() ? "E2" : "e+02");
            default -> number.unscaledValue() + "0e" + (-1 - number.scale());
        };
    }
}
