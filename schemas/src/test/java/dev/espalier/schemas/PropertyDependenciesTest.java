// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.closed;
import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static dev.espalier.schemas.FiniteWorld.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.ExtraKeyword;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code propertyDependencies}: a schema for the whole object, by the string that a member is. */
@org.jspecify.annotations.NullUnmarked
class PropertyDependenciesTest {

    private static final SchemaOptions OPTIONS =
            SchemaOptions.CHECKING.withExtraKeywords(ExtraKeyword.PROPERTY_DEPENDENCIES);
    private static final String CIRCLE = """
            {"properties":{"kind":{"type":"string"}},"required":["kind"],
             "propertyDependencies":{"kind":{
               "circle":{"required":["radius"],"properties":{"radius":{"type":"number"}}},
               "square":{"required":["side"]}}}}""";

    private static boolean allows(String schema, SchemaOptions options, String text) {
        Recogniser recogniser = new Recogniser(
                new SchemaCompiler().compile(schema, options).automaton().start());
        return recogniser.accepts(text);
    }

    @Test
    void aStringDecides() {
        assertTrue(allows(CIRCLE, OPTIONS, "{\"kind\":\"circle\",\"radius\":1}"));
        assertTrue(!allows(CIRCLE, OPTIONS, "{\"kind\":\"circle\",\"side\":1}"));
        assertTrue(!allows(CIRCLE, OPTIONS, "{\"radius\":\"1\",\"kind\":\"circle\"}"));
        assertTrue(allows(CIRCLE, OPTIONS, "{\"side\":\"x\",\"kind\":\"square\"}"));
        assertTrue(allows(CIRCLE, OPTIONS, "{\"kind\":\"other\"}"));
        assertTrue(allows(CIRCLE, OPTIONS, "[1]") && allows(CIRCLE, OPTIONS, "\"circle\""));
    }

    @Test
    void everyDraftMayHaveItAndNoneHasItUnasked() {
        String text = "{\"kind\":\"circle\"}";
        for (Draft draft : Draft.values()) {
            assertTrue(!allows(CIRCLE, OPTIONS.withDefaultDraft(draft), text), draft.text());
            assertTrue(allows(CIRCLE, SchemaOptions.CHECKING.withDefaultDraft(draft), text), draft.text());
        }
        List<CompileReport.Entry> notes = new SchemaCompiler()
                .compile(CIRCLE, SchemaOptions.CHECKING).report().entries().stream()
                        .filter(entry -> entry.keyword().equals("propertyDependencies"))
                        .toList();
        assertEquals(1, notes.size());
        assertTrue(
                notes.get(0).reason().contains("withExtraKeywords"),
                notes.get(0).reason());
    }

    @Test
    void referencesReachTheSchemasInside() {
        String schema = """
                {"propertyDependencies":{"kind":{"list":{"properties":{"next":{"$ref":"#/propertyDependencies/kind/list"}},
                 "required":["name"]}}}}""";
        assertTrue(allows(schema, OPTIONS, "{\"kind\":\"list\",\"name\":1,\"next\":{\"name\":2}}"));
        assertTrue(!allows(schema, OPTIONS, "{\"kind\":\"list\",\"name\":1,\"next\":{}}"));
    }

    @Test
    void faultsHaveTheirPlace() {
        for (String value : List.of("1", "{\"a\":1}", "{\"a\":{\"b\":3}}", "{\"a\":[true]}")) {
            String schema = "{\"propertyDependencies\":" + value + "}";
            SyntaxException fault =
                    assertThrows(SyntaxException.class, () -> new SchemaCompiler().compile(schema, OPTIONS));
            assertTrue(
                    String.valueOf(fault.place().pointer()).startsWith("#/propertyDependencies"), fault.getMessage());
        }
        assertThrows(
                UnsatisfiableException.class,
                () -> new SchemaCompiler()
                        .compile(
                                "{\"properties\":{\"a\":{\"const\":\"b\"}},\"required\":[\"a\"],\"type\":\"object\","
                                        + "\"propertyDependencies\":{\"a\":{\"b\":false}}}",
                                OPTIONS));
    }

    @Test
    void randomSchemasAreExactPrefixByPrefix() {
        List<Object> values = Arrays.asList(null, "a", "b", number(1));
        Object bounding = closed(map("enum", values), "a", "b", "c");
        List<Object> documents = objects(List.of("a", "b", "c"), 3, values);
        new PrefixComparison(
                        "property dependencies",
                        documents,
                        SchemaOptions.DEFAULT
                                .withMemberOrder(MemberOrder.ANY)
                                .withExtraKeywords(ExtraKeyword.PROPERTY_DEPENDENCIES))
                .compare(2 * PrefixComparison.SCHEMAS, seed -> schema(new Random(seed), values, bounding));
    }

    private static Map<String, Object> schema(Random random, List<Object> values, Object bounding) {
        RandomSchemas schemas = new RandomSchemas(random, values, true);
        Map<String, Object> root = schemas.evaluatingRoot(bounding, 2);
        Map<String, Object> dependent = new LinkedHashMap<>();
        dependent.put(
                "propertyDependencies",
                map("a", map("a", schemas.schema(2), "b", schemas.schema(1)), "b", map("b", schemas.schema(2))));
        if (random.nextBoolean()) {
            dependent.put("unevaluatedProperties", random.nextBoolean() ? false : schemas.schema(1));
        }
        root.put("allOf", List.of(bounding, dependent, ((List<?>) root.get("allOf")).get(1)));
        return root;
    }
}
