// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.corpus;

import dev.espalier.core.error.InvalidInputException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema and the instances that it must, or must not, accept.
 *
 * @param id the corpus' name for it, {@code maskbench/data/Dataset---name.json}
 * @param schema its text
 * @param tests its instances
 */
public record BenchSchema(String id, String schema, List<Instance> tests) {

    /**
     * An instance.
     *
     * @param valid whether the schema must accept it
     * @param data its JSON text as it stands in the corpus
     */
    public record Instance(boolean valid, @RawJson.Text String data) {

        /** What is not there is {@code null}. */
        public Instance {
            data = data.isEmpty() ? "null" : data;
        }
    }

    private record Parsed(@RawJson.Text String schema, List<Instance> tests) {}

    private record Named(@RawJson.Text String id) {}

    /** Copies the list. */
    public BenchSchema {
        tests = List.copyOf(tests);
    }

    /**
     * The data set that the id names: what comes before {@code ---}, or else before the first {@code _}, as in
     * {@code BFCL_sql_3.json}; empty if it names none.
     */
    public String dataset() {
        return dataset(id);
    }

    /** The data set that an id names, as {@link #dataset()}. */
    public static String dataset(String id) {
        String name = id.substring(id.lastIndexOf('/') + 1);
        int end = name.contains("---") ? name.indexOf("---") : name.indexOf('_');
        return end < 0 ? "" : name.substring(0, end);
    }

    /**
     * The schema in a JSON object.
     *
     * @param text {@code {"schema": …, "tests": [{"valid": …, "data": …}]}}, other members ignored
     * @param id its name
     * @throws InvalidInputException if it is not such an object
     */
    static BenchSchema read(String text, String id) {
        Parsed parsed = RawJson.read(text, id, Parsed.class);
        if (parsed.schema.isEmpty()) {
            throw new InvalidInputException(id + ": there is no member \"schema\"");
        }
        return new BenchSchema(id, parsed.schema, parsed.tests);
    }

    /** What the object itself calls the schema; empty if nothing, or if it is no such object. */
    static String id(String text) {
        try {
            String id = RawJson.read(text, "", Named.class).id;
            return id.startsWith("\"") ? JsonMapper.shared().readValue(id, String.class) : "";
        } catch (InvalidInputException damaged) {
            return "";
        }
    }
}
