package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.grammar.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one schema with its instances out of a JSON object, cutting the texts of schema and instances out without
 * printing them again: the order of members and the digits of numbers matter.
 */
final class BenchSchemaReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxStringLength(100_000_000)
                    .maxNumberLength(100_000)
                    .build())
            .build();

    private final String text;
    private final JsonParser parser;
    private String id;
    private String schema = "";
    private final List<BenchSchema.Instance> tests = new ArrayList<>();

    private BenchSchemaReader(String text, String id) {
        this.text = text;
        this.id = id;
        this.parser = FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), text);
    }

    /**
     * Reads the object.
     *
     * @param text {@code {"id": …, "schema": …, "tests": [{"valid": …, "data": …}]}}, other members ignored
     * @param id the name if the object has none
     * @throws InvalidInputException if it is not such an object
     */
    static BenchSchema read(String text, String id) {
        try (BenchSchemaReader.Closer reader = new Closer(new BenchSchemaReader(text, id))) {
            return reader.it.read();
        } catch (JacksonException e) {
            throw new InvalidInputException(id + ": not a schema with tests: " + e.getOriginalMessage(), e);
        }
    }

    private record Closer(BenchSchemaReader it) implements AutoCloseable {
        @Override
        public void close() {
            it.parser.close();
        }
    }

    private BenchSchema read() {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "id" -> id = parser.getValueAsString(id);
                case "schema" -> schema = slice();
                case "tests" -> tests();
                default -> parser.skipChildren();
            }
        }
        if (schema.isEmpty()) {
            throw new InvalidInputException(id + ": there is no member \"schema\"");
        }
        return new BenchSchema(id, schema, tests);
    }

    private void tests() {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            boolean valid = false;
            String data = "null";
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "valid" -> valid = parser.getValueAsBoolean(false);
                    case "data" -> data = slice();
                    default -> parser.skipChildren();
                }
            }
            tests.add(new BenchSchema.Instance(valid, data));
        }
    }

    /** The text of the value that starts here; leaves the parser at its end. */
    private String slice() {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return text.substring(start, end).strip();
    }
}
