package dev.espalier.jsonschemabench.corpus;

import dev.espalier.core.error.InvalidInputException;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks a JSON text and cuts values out of it as they stand: the order of members, the digits of numbers and the escapes
 * of strings are what a recogniser is tried with. One thread at a time.
 */
public final class RawJson {

    /** Reads and writes texts that are deep and long. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxStringLength(100_000_000)
                    .maxNumberLength(100_000)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(10_000).build())
            .build();

    private final String text;
    private final JsonParser parser;

    private RawJson(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /**
     * Reads a text.
     *
     * @param name what it is called in messages
     * @param reader is given the text, standing on its first value
     * @throws InvalidInputException if the text is no JSON, or the reader meets what it does not expect
     */
    public static void read(String text, String name, Consumer<RawJson> reader) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            reader.accept(new RawJson(text, parser));
        } catch (JacksonException e) {
            throw new InvalidInputException(name + ": no JSON: " + e.getOriginalMessage(), e);
        } catch (UnexpectedValue e) {
            throw new InvalidInputException(name + ": " + e.getMessage(), e);
        }
    }

    private static final class UnexpectedValue extends RuntimeException {
        UnexpectedValue(String message) {
            super(message);
        }
    }

    /** Gives the names of an object's members to a reader, which for each takes, or leaves, the value. */
    public void members(Consumer<String> reader) {
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            reader.accept(name);
            leave(value);
        }
    }

    /** Runs a reader on each item of an array. */
    public void items(Runnable reader) {
        expect(JsonToken.START_ARRAY, "an array");
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            reader.run();
            leave(item);
        }
    }

    /** Passes over a value that its reader did not take. */
    private void leave(JsonToken start) {
        if (parser.currentToken() == start) {
            parser.skipChildren();
        }
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw new UnexpectedValue("expected " + what + " in line "
                    + parser.currentTokenLocation().getLineNr() + ", not " + parser.currentToken());
        }
    }

    /** The characters of the value that begins here. */
    public String slice() {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return text.substring(start, end).strip();
    }

    /** The text of a string; empty for any other value. */
    public String string() {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
    }

    /** Whether the value is {@code true}. */
    public boolean isTrue() {
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }
}
