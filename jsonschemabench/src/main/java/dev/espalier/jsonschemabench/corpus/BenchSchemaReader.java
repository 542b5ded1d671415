package dev.espalier.jsonschemabench.corpus;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** Reads one schema with its instances out of a JSON object, their texts as they stand. */
final class BenchSchemaReader {

    private final RawJson json;
    private final String id;
    private String schema = "";
    private final List<BenchSchema.Instance> tests = new ArrayList<>();

    private BenchSchemaReader(RawJson json, String id) {
        this.json = json;
        this.id = id;
    }

    /**
     * Reads the object.
     *
     * @param text {@code {"schema": …, "tests": [{"valid": …, "data": …}]}}, other members ignored
     * @param id its name
     * @throws InvalidInputException if it is not such an object
     */
    static BenchSchema read(String text, String id) {
        List<BenchSchema> found = new ArrayList<>();
        RawJson.read(text, id, json -> found.add(new BenchSchemaReader(json, id).read()));
        return found.get(0);
    }

    /** What the object itself calls the schema; empty if nothing, or if it is no such object. */
    static String id(String text) {
        StringBuilder id = new StringBuilder();
        try {
            RawJson.read(
                    text,
                    "",
                    json -> json.members(name -> {
                        if (name.equals("id")) {
                            id.append(json.string());
                        }
                    }));
        } catch (InvalidInputException damaged) {
            return id.toString();
        }
        return id.toString();
    }

    private BenchSchema read() {
        json.members(name -> {
            switch (name) {
                case "schema" -> schema = json.slice();
                case "tests" -> json.items(this::test);
                default -> {}
            }
        });
        if (schema.isEmpty()) {
            throw new InvalidInputException(id + ": there is no member \"schema\"");
        }
        return new BenchSchema(id, schema, tests);
    }

    private void test() {
        boolean[] valid = new boolean[1];
        String[] data = {"null"};
        json.members(name -> {
            switch (name) {
                case "valid" -> valid[0] = json.isTrue();
                case "data" -> data[0] = json.slice();
                default -> {}
            }
        });
        tests.add(new BenchSchema.Instance(valid[0], data[0]));
    }
}
