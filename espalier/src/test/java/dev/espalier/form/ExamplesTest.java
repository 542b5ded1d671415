// SPDX-License-Identifier: Apache-2.0
package dev.espalier.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.SchemaForm;
import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.core.testing.TestData;
import dev.espalier.schemas.options.Draft;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import dev.espalier.source.SchemaFaults;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Examples are valid, by a validator that knows nothing of automata. */
class ExamplesTest implements CountedTrials {

    private static final List<String> NAMES = List.of("name", "date", "total", "tags", "address", "next");

    private static Object schema(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 5)) {
            case 0 -> Map.of("type", "boolean");
            case 1 -> string(random);
            case 2 -> number(random);
            case 3 -> Map.of("enum", List.of("red", 7, true));
            case 4 -> Map.of("type", List.of("null", "string"), "format", "date");
            case 5 ->
                Map.of("anyOf", List.of(Map.of("type", "null"), schema(random, depth - 1), schema(random, depth - 1)));
            case 6 -> Map.of("$ref", random.nextBoolean() ? "#" : "#/$defs/one");
            case 7, 8 -> array(random, depth);
            default -> object(random, depth);
        };
    }

    private static Map<String, Object> string(Random random) {
        Map<String, Object> schema = new TreeMap<>(Map.of("type", "string"));
        switch (random.nextInt(6)) {
            case 0 ->
                schema.put("pattern", List.of("^[A-Z]{2}[0-9]+$", "x", "^a.*b$").get(random.nextInt(3)));
            case 1 ->
                schema.put(
                        "format",
                        List.of("date", "email", "uri", "uuid", "ipv6", "date-time", "hostname")
                                .get(random.nextInt(7)));
            case 2 -> schema.put("maxLength", random.nextInt(4));
            default -> schema.put("minLength", random.nextInt(30));
        }
        return schema;
    }

    private static Map<String, Object> number(Random random) {
        Map<String, Object> schema = new TreeMap<>(Map.of("type", random.nextBoolean() ? "integer" : "number"));
        int low = random.nextInt(200) - 100;
        if (random.nextBoolean()) {
            schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", low);
        }
        if (random.nextBoolean()) {
            schema.put(random.nextBoolean() ? "maximum" : "exclusiveMaximum", low + 12);
        }
        if (random.nextInt(4) == 0) {
            schema.put("multipleOf", 1 + random.nextInt(5));
        }
        return schema;
    }

    private static Map<String, Object> array(Random random, int depth) {
        Map<String, Object> schema = new TreeMap<>(Map.of("type", "array", "items", schema(random, depth - 1)));
        if (random.nextInt(3) == 0) {
            schema.put("minItems", random.nextInt(4));
        }
        if (random.nextInt(3) == 0) {
            schema.put("prefixItems", List.of(schema(random, depth - 1), schema(random, depth - 1)));
        }
        if (random.nextInt(4) == 0) {
            schema.put("uniqueItems", true);
        }
        return schema;
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(3) == 0) {
                properties.put(name, schema(random, depth - 1));
            }
            if (random.nextInt(5) == 0) {
                required.add(name);
            }
        }
        Map<String, Object> schema =
                new LinkedHashMap<>(Map.of("type", "object", "properties", properties, "required", required));
        switch (random.nextInt(6)) {
            case 0 -> schema.put("additionalProperties", schema(random, depth - 1));
            case 1 -> schema.put("maxProperties", required.size() + 1);
            case 2 -> schema.put("minProperties", 2);
            case 3 -> schema.put("patternProperties", Map.of("^x-", schema(random, depth - 1)));
            case 4 -> schema.put("not", Map.of("required", List.of("tags")));
            default -> schema.put("allOf", List.of(Map.of("properties", Map.of("total", number(random)))));
        }
        return schema;
    }

    /** Whether a schema can be compiled; if so, that its example is valid, and what forms are refused is refused by name. */
    private static boolean check(String schema, CountedForms counted) {
        Output<String> output = Output.jsonSchema(schema);
        CompiledSource compiled;
        try {
            compiled = OutputCompiler.compileSource(output, Limits.DEFAULT);
        } catch (EspalierException e) {
            return false;
        }
        Draft draft = compiled.report().orElseThrow().draft();
        String example = output.schema(SchemaForm.EXAMPLE).orElseThrow();
        assertEquals(
                example, Output.jsonSchema(schema).schema(SchemaForm.EXAMPLE).orElseThrow());
        List<SchemaFaults.Fault> faults = SchemaFaults.of((OutputSource.Schema) output.source(), draft, false, example);
        assertEquals(List.of(), faults, schema + "\n" + example);
        counted.examples++;
        try {
            assertFalse(output.schema(SchemaForm.RECORD).orElseThrow().isBlank());
            counted.records++;
        } catch (UnsupportedFeatureException refused) {
            assertTrue(refused.place().pointer().startsWith("#/"), refused.getMessage());
        }
        return true;
    }

    /** How often there was which form. */
    private static final class CountedForms {
        int examples;
        int records;
    }

    private final CountedForms counted = new CountedForms();

    @RandomTrials(400)
    void examplesOfRandomSchemasAreValid(Random random) {
        Map<String, Object> root = new LinkedHashMap<>(object(random, 3));
        root.put("$defs", Map.of("one", object(random, 2)));
        check(JsonMapper.shared().writeValueAsString(root), counted);
    }

    @Override
    public void afterTrials() {
        assertTrue(counted.examples > 200 && counted.records > 200, counted.examples + ", " + counted.records);
    }

    @Test
    void examplesOfPublishedSchemasAreValid() throws IOException {
        CountedForms published = new CountedForms();
        for (String set : List.of("Github_easy", "Glaiveai2K", "Kubernetes", "Snowplow")) {
            int number = 0;
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(TestData.of("jsonschemabench", set + ".jsonl.gz"))),
                    StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (number++ % 40 == 0) {
                        String schema = JsonMapper.shared()
                                .readTree(line)
                                .path("schema")
                                .toString();
                        try {
                            check(schema, published);
                        } catch (LimitExceededException large) {
                            assertTrue(schema.length() > 10_000, large.getMessage());
                        }
                    }
                }
            }
        }
        assertTrue(published.examples > 60 && published.records > 60, published.examples + ", " + published.records);
    }
}
