// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON that a client sends, as a tree: members in their order, numbers with all their digits. What has two meanings, such as a key that is there twice, is refused. Iterative; one text, one
 * thread.
 */
final class JsonTree {

    /** The most levels. */
    static final int MOST_LEVELS = 500;

    private static final int LONGEST_PLACE = 200;
    private static final int MOST_DIGITS = 1000;
    private static final int MOST_EXPONENT_DIGITS = 9;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Without bounds of its own: those of this class are told in words of the request. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String text;
    private final String param;
    private final Deque<Open> open = new ArrayDeque<>();

    /** A container that is being read. */
    private static final class Open {
        final JsonNode node;
        String name = "";

        Open(JsonNode node) {
            this.node = node;
        }

        void add(JsonNode value) {
            if (node instanceof ObjectNode object) {
                object.set(name, value);
            } else {
                ((ArrayNode) node).add(value);
            }
        }
    }

    private JsonTree(String text, String param) {
        this.text = text;
        this.param = param;
    }

    /**
     * The value of a body.
     *
     * @throws ProtocolException if it is no UTF-8, or no JSON as {@link #read(String, String)} says
     */
    static JsonNode read(byte[] body) {
        return read(decoded(body), "");
    }

    /**
     * The value of a text.
     *
     * @param param the member of the request that the text is; empty for the body
     * @throws ProtocolException if it is not exactly one JSON value, with line and column; if a key is there twice in an object, a character is half a one, or the value is nested too deeply or a number
     *     too long, with the member
     */
    static JsonNode read(String text, String param) {
        JsonTree tree = new JsonTree(text, param);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return tree.document(parser);
        } catch (JacksonException e) {
            int at = e.getLocation() == null ? 0 : (int) e.getLocation().getCharOffset();
            throw tree.notJson(at);
        }
    }

    private static String decoded(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer characters = CharBuffer.allocate(body.length);
        CoderResult result = decoder.decode(bytes, characters, true);
        if (result.isError()) {
            throw ProtocolException.invalid(
                    "", "not-utf-8", "the body is no UTF-8: byte " + bytes.position() + " begins no character");
        }
        String text = characters.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private ProtocolException notJson(int offset) {
        int at = Math.max(0, Math.min(offset, text.length()));
        boolean isOver = text.substring(at).isBlank();
        return notJson(
                at,
                isOver ? "the text ends too early" : "unexpected \"" + Character.toString(text.codePointAt(at)) + "\"");
    }

    private ProtocolException notJson(int at, String why) {
        String message = new SyntaxException(why, place(at)).getMessage();
        String head = param.isEmpty() ? "the body is no JSON: " : param + ": this is no JSON: ";
        return ProtocolException.invalid(param, "not-json", head + message);
    }

    private Place place(int at) {
        return text.isBlank() ? new Place("", 1, 1, "", "") : Place.in("", text, at);
    }

    /** The place that is being read, as requests call it. */
    private String place() {
        if (!param.isEmpty()) {
            return param;
        }
        StringBuilder place = new StringBuilder();
        for (Iterator<Open> all = open.descendingIterator(); all.hasNext(); ) {
            Open one = all.next();
            if (one.node instanceof ObjectNode) {
                place.append(place.isEmpty() ? "" : ".").append(one.name);
            } else {
                place.append('[').append(one.node.size()).append(']');
            }
        }
        return place.length() <= LONGEST_PLACE ? place.toString() : place.substring(0, LONGEST_PLACE) + "…";
    }

    private ProtocolException fault(String code, String message) {
        String place = place();
        return ProtocolException.invalid(place, code, place.isEmpty() ? message : place + ": " + message);
    }

    private JsonNode document(JsonParser parser) {
        JsonNode done = null;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (done != null) {
                throw notJson(offset(parser), "expected the end of the text behind the value");
            }
            JsonNode value = null;
            switch (token) {
                case START_OBJECT -> begin(NODES.objectNode());
                case START_ARRAY -> begin(NODES.arrayNode());
                case PROPERTY_NAME -> name(parser);
                case END_OBJECT, END_ARRAY -> value = open.pop().node;
                default -> value = scalar(parser, token);
            }
            if (value != null && open.isEmpty()) {
                done = value;
            } else if (value != null) {
                innermost().add(value);
            }
        }
        if (done == null) {
            throw notJson(text.length());
        }
        return done;
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private Open innermost() {
        return Objects.requireNonNull(open.peek());
    }

    private void begin(JsonNode container) {
        if (open.size() == MOST_LEVELS) {
            throw fault("limit", "values are nested at most " + MOST_LEVELS + " deep");
        }
        open.push(new Open(container));
    }

    private void name(JsonParser parser) {
        Open object = innermost();
        object.name = Objects.requireNonNull(parser.currentName()); // the parser lets no half of a character pass
        if (object.node.has(object.name)) {
            throw fault("duplicate-key", "\"" + shortened(object.name) + "\" is there twice; only one could be kept");
        }
    }

    private JsonNode scalar(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> NODES.stringNode(requireWhole(parser.getString()));
            case VALUE_NUMBER_INT -> integer(parser.getString());
            case VALUE_NUMBER_FLOAT -> decimal(parser.getString());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private JsonNode integer(String number) {
        requireShort(number);
        BigInteger value = new BigInteger(number);
        return value.bitLength() < Integer.SIZE
                ? NODES.numberNode(value.intValue())
                : value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    private JsonNode decimal(String number) {
        requireShort(number);
        int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
        String digits = exponent < 0 ? "" : number.substring(exponent + 1).replaceFirst("^[+-]?0*", "");
        if (digits.length() > MOST_EXPONENT_DIGITS) {
            throw fault(
                    "limit",
                    "the exponent of " + shortened(number) + " has more than " + MOST_EXPONENT_DIGITS + " digits");
        }
        return NODES.numberNode(new BigDecimal(number));
    }

    private void requireShort(String number) {
        if (number.length() > MOST_DIGITS) {
            throw fault("limit", "the number " + shortened(number) + " has more than " + MOST_DIGITS + " characters");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, text.offsetByCodePoints(0, 50)) + "…";
    }

    private String requireWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                String half = Integer.toHexString(text.charAt(i));
                throw fault("syntax", "a lone surrogate (\\u" + half + ") is no character");
            }
        }
        return text;
    }
}
