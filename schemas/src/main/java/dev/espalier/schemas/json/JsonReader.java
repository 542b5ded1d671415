// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * A reader of JSON text (RFC 8259 without extensions) as {@link JsonValue}s. Iterative. Duplicate keys and lone surrogates are syntax errors:
 * their meaning is undefined, and a schema with two possible meanings must not be enforced as one of them.
 */
public final class JsonReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String source;
    private final String text;
    private final Limits limits;
    private final Shapes shapes;

    /** A container that is being read. */
    private static final class Open {
        final int offset;
        final @Nullable Map<String, JsonValue> members;
        final List<JsonValue> items;
        String name = "";

        Open(int offset, boolean object) {
            this.offset = offset;
            this.members = object ? new LinkedHashMap<>() : null;
            this.items = object ? List.of() : new ArrayList<>();
        }
    }

    private JsonReader(String source, String text, Limits limits, Shapes shapes) {
        this.source = source;
        this.text = text;
        this.limits = limits;
        this.shapes = shapes;
    }

    /**
     * The value of a JSON text.
     *
     * @param source the name of the text in errors; may be empty
     * @param shapes the shapes of all texts whose values are compared with this one's; new shapes are added
     * @throws SyntaxException if it is not exactly one JSON value
     * @throws LimitExceededException past {@code maxSourceBytes}, {@code maxNesting}, {@code maxNumberDigits},
     *     {@code maxExponent}
     */
    public static JsonValue read(String source, String text, Limits limits, Shapes shapes) {
        JsonReader reader = new JsonReader(source, text, limits, shapes);
        reader.checkSize();
        reader.checkNesting();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return reader.document(parser);
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
            throw new SyntaxException("this is not JSON: " + shortened(e.getOriginalMessage()), reader.place(at));
        }
    }

    private static String shortened(@Nullable String message) {
        String line =
                message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
        return line.length() <= 150 ? line : line.substring(0, 150) + "…";
    }

    private Place place(long offset) {
        return Place.in(source, text, (int) Math.max(0, Math.min(offset, text.length())));
    }

    private void checkSize() {
        long max = limits.maxSourceBytes();
        long bytes = text.length() > max || text.length() * 3L <= max
                ? text.length()
                : text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (bytes > max) {
            throw new LimitExceededException("maxSourceBytes", max, bytes, Place.UNKNOWN);
        }
    }

    private void checkNesting() {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                if (++depth > limits.maxNesting()) {
                    throw new LimitExceededException("maxNesting", limits.maxNesting(), depth, place(i));
                }
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }

    private JsonValue document(JsonParser parser) {
        ArrayDeque<Open> open = new ArrayDeque<>();
        JsonValue done = null;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (done != null) {
                throw new SyntaxException("expected the end of the text after the value", place(offset(parser)));
            }
            JsonValue value = null;
            switch (token) {
                case START_OBJECT -> open.push(new Open(offset(parser), true));
                case START_ARRAY -> open.push(new Open(offset(parser), false));
                case PROPERTY_NAME -> open(open).name = name(parser, open(open));
                case END_OBJECT, END_ARRAY -> value = close(open.pop());
                default -> value = scalar(parser, token);
            }
            if (value != null) {
                if (open.isEmpty()) {
                    done = value;
                } else {
                    add(open(open), value);
                }
            }
        }
        if (done == null) {
            throw new SyntaxException("expected a JSON value, found the end of the text", place(text.length()));
        }
        return done;
    }

    private static Open open(ArrayDeque<Open> open) {
        return java.util.Objects.requireNonNull(open.peek());
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private String name(JsonParser parser, Open object) {
        String name = wellFormed(parser.currentName(), offset(parser));
        if (object.members != null && object.members.containsKey(name)) {
            throw new SyntaxException("this object has the key \"" + excerpt(name) + "\" twice", place(offset(parser)));
        }
        return name;
    }

    private static String excerpt(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }

    private static void add(Open container, JsonValue value) {
        if (container.members != null) {
            container.members.put(container.name, value);
        } else {
            container.items.add(value);
        }
    }

    private JsonValue close(Open container) {
        if (container.members != null) {
            return new JsonValue.Members(container.members, container.offset, shapes.of(container.members));
        }
        return new JsonValue.Items(container.items, container.offset, shapes.of(container.items));
    }

    private JsonValue scalar(JsonParser parser, JsonToken token) {
        int at = offset(parser);
        switch (token) {
            case VALUE_STRING -> {
                String value = wellFormed(parser.getString(), at);
                return new JsonValue.Text(value, at, shapes.of(value));
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                BigDecimal value = number(parser.getString(), at);
                return new JsonValue.Numeral(value, at, shapes.of(value));
            }
            default -> {
                String name = parser.getString();
                return new JsonValue.Literal(name, at, shapes.ofLiteral(name));
            }
        }
    }

    private String wellFormed(String value, int at) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1));
                if (!pair) {
                    throw new SyntaxException(
                            "a lone surrogate (\\u" + Integer.toHexString(c) + ") is no character", place(at));
                }
                i++;
            }
        }
        return value;
    }

    private BigDecimal number(String number, int at) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        String mantissa = e < 0 ? number : number.substring(0, e);
        if (mantissa.length() > limits.maxNumberDigits() + 2) {
            throw new LimitExceededException("maxNumberDigits", limits.maxNumberDigits(), mantissa.length(), place(at));
        }
        if (e < 0) {
            return stripped(new BigDecimal(number));
        }
        String exponent = number.substring(e + 1);
        String digits = exponent.replaceFirst("^[+-]?0*", "");
        long magnitude = digits.isEmpty() ? 0 : digits.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(digits);
        if (magnitude > limits.maxExponent()) {
            throw new LimitExceededException("maxExponent", limits.maxExponent(), magnitude, place(at));
        }
        return stripped(
                new BigDecimal(mantissa).scaleByPowerOfTen((int) (exponent.startsWith("-") ? -magnitude : magnitude)));
    }

    private static BigDecimal stripped(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
