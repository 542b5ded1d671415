// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.mask.Recognizer;
import dev.espalier.source.CompiledSource;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.service.Result;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Types that contain themselves, at the root and inside other types: LangChain4j leaves definitions where such a type begins. */
class RecursiveTypesTest {

    record Node(String name, List<Node> kids) {}

    record Wrap(Node node, int rank) {}

    record Chain(int n, @Nullable Chain next) {}

    record Company(String name, List<Person> staff) {}

    record Person(String name, Company owner) {}

    record Both(Node node, Chain chain) {}

    record Twice(Node left, Node right) {}

    record Rows(Node[] nodes, List<Set<Chain>> chains) {}

    record Deep(Wrap wrap, List<Twice> pairs) {}

    sealed interface Expression permits Number, Sum {}

    record Number(int n) implements Expression {}

    record Sum(Expression left, Expression right) implements Expression {}

    interface Service {

        Node node(String about);

        Result<Node> nodeResult(String about);

        Wrap wrap(String about);

        List<Node> nodes(String about);

        Set<Node> nodeSet(String about);

        Result<List<Node>> nodesResult(String about);

        Result<Set<Node>> nodeSetResult(String about);

        List<Wrap> wraps(String about);

        Set<Wrap> wrapSet(String about);

        List<Chain> chains(String about);

        Company company(String about);

        List<Company> companies(String about);

        Set<Person> people(String about);

        List<Both> both(String about);

        List<Twice> twice(String about);

        List<Rows> rows(String about);

        List<Deep> deep(String about);

        List<Expression> expressions(String about);
    }

    private static final String LEAF = "{\"name\":\"a\",\"kids\":[]}";
    private static final String TREE = "{\"name\":\"b\",\"kids\":[" + LEAF + "]}";
    private static final Node A = new Node("a", List.of());
    private static final Node B = new Node("b", List.of(A));
    private static final String LINKS = "{\"n\":1,\"next\":{\"n\":2}}";
    private static final Chain CHAIN = new Chain(1, new Chain(2, null));
    private static final String SHOP =
            "{\"name\":\"s\",\"staff\":[{\"name\":\"p\",\"owner\":{\"name\":\"t\",\"staff\":[]}}]}";
    private static final Person P = new Person("p", new Company("t", List.of()));
    private static final Company S = new Company("s", List.of(P));

    private static Arguments row(String wanted, Object expected, Function<Service, Object> call) {
        return Arguments.of(wanted, expected, call);
    }

    private static String values(String... values) {
        return "{\"values\":[" + String.join(",", values) + "]}";
    }

    static Stream<Arguments> types() {
        String wrap = "{\"node\":" + TREE + ",\"rank\":7}";
        String twice = "{\"left\":" + LEAF + ",\"right\":" + TREE + "}";
        Twice pair = new Twice(A, B);
        return Stream.of(
                row(TREE, B, one -> one.node("?")),
                row(TREE, B, one -> one.nodeResult("?").content()),
                row(wrap, new Wrap(B, 7), one -> one.wrap("?")),
                row(values(TREE, LEAF), List.of(B, A), one -> one.nodes("?")),
                row(values(TREE, LEAF), Set.of(B, A), one -> one.nodeSet("?")),
                row(values(TREE), List.of(B), one -> one.nodesResult("?").content()),
                row(values(TREE), Set.of(B), one -> one.nodeSetResult("?").content()),
                row(values(wrap, wrap), List.of(new Wrap(B, 7), new Wrap(B, 7)), one -> one.wraps("?")),
                row(values(wrap), Set.of(new Wrap(B, 7)), one -> one.wrapSet("?")),
                row(values(LINKS), List.of(CHAIN), one -> one.chains("?")),
                row(SHOP, S, one -> one.company("?")),
                row(values(SHOP), List.of(S), one -> one.companies("?")),
                row(
                        values("{\"name\":\"p\",\"owner\":" + SHOP + "}"),
                        Set.of(new Person("p", S)),
                        one -> one.people("?")),
                row(
                        values("{\"node\":" + TREE + ",\"chain\":" + LINKS + "}"),
                        List.of(new Both(B, CHAIN)),
                        one -> one.both("?")),
                row(values(twice), List.of(pair), one -> one.twice("?")),
                row(
                        values("{\"nodes\":[" + TREE + "],\"chains\":[[" + LINKS + "]]}"),
                        List.of(B, Set.of(CHAIN)),
                        one -> {
                            Rows rows = one.rows("?").get(0);
                            return List.of(rows.nodes()[0], rows.chains().get(0));
                        }),
                row(
                        values("{\"wrap\":" + wrap + ",\"pairs\":[" + twice + "]}"),
                        List.of(new Deep(new Wrap(B, 7), List.of(pair))),
                        one -> one.deep("?")),
                row(
                        values(
                                "{\"type\":\"Sum\",\"left\":{\"type\":\"Number\",\"n\":1},\"right\":{\"type\":\"Number\",\"n\":2}}"),
                        List.of(new Sum(new Number(1), new Number(2))),
                        one -> one.expressions("?")));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aMethodReturnsThem(String wanted, Object expected, Function<Service, Object> call) {
        try (Talk talk = Talk.wanting(wanted)) {
            assertEquals(expected, call.apply(talk.service(Service.class).build()));
        }
    }

    static final class Tools {

        @Tool
        public String node(Node node) {
            return node.name();
        }

        @Tool
        public String nodes(List<Node> nodes, Node other) {
            return other.name() + nodes;
        }

        @Tool
        public String both(Set<Wrap> wraps, List<Both> both, Node node) {
            return node.name() + wraps + both;
        }

        @Tool
        public String company(Company company, Person[] people) {
            return company.name() + people.length;
        }

        @Tool
        public String optional(Optional<Node> node, List<List<Node>> rows) {
            return "" + node + rows;
        }

        @Tool
        public String expression(Expression expression, List<Expression> more) {
            return "" + expression + more;
        }
    }

    @Test
    void toolsTakeThem() {
        for (Method tool : Tools.class.getDeclaredMethods()) {
            String schema = SchemaReader.text(
                    ToolSpecifications.toolSpecificationFrom(tool).parameters());
            OutputCompiler.compileSource(Output.jsonSchema(schema), Limits.DEFAULT);
        }
    }

    private static JsonSchemaElement ref(String name) {
        return JsonReferenceSchema.builder().reference(name).build();
    }

    private static JsonSchemaElement list(JsonSchemaElement items) {
        return JsonArraySchema.builder().items(items).build();
    }

    /** An object of one member, with definitions. */
    private static JsonObjectSchema of(
            String member, JsonSchemaElement element, Map<String, JsonSchemaElement> definitions) {
        return JsonObjectSchema.builder()
                .addProperty(member, element)
                .required(member)
                .definitions(definitions)
                .build();
    }

    private static boolean allows(JsonSchemaElement schema, String json) {
        CompiledSource source =
                OutputCompiler.compileSource(Output.jsonSchema(SchemaReader.text(schema)), Limits.DEFAULT);
        Recognizer recognizer = new Recognizer(source.automaton(), Limits.DEFAULT);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return recognizer.read(bytes) == bytes.length && recognizer.isAccepting();
    }

    private static final JsonSchemaElement TEXT = new JsonStringSchema();
    private static final JsonSchemaElement NUMBER = new JsonIntegerSchema();

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "a/b", "a~b", "a%41", "List<A>", "ä", "a#b", "", "$defs", "a\"b", "a?b"})
    void aDefinitionMayHaveAnyName(String name) {
        JsonSchemaElement schema = list(of("x", ref(name), Map.of(name, TEXT)));
        assertTrue(allows(schema, "[{\"x\":\"t\"}]"));
        assertFalse(allows(schema, "[{\"x\":7}]"));
    }

    @Test
    void aReferenceIsToTheNearestOfItsName() {
        JsonSchemaElement text = of("x", ref("a"), Map.of("a", TEXT));
        JsonSchemaElement number = of("x", ref("a"), Map.of("a", NUMBER));
        JsonSchemaElement both = JsonObjectSchema.builder()
                .addProperty("t", text)
                .addProperty("n", number)
                .addProperty("again", text)
                .addProperty("own", ref("a"))
                .definitions(Map.of("a", list(NUMBER)))
                .build();
        assertTrue(allows(both, "{\"t\":{\"x\":\"t\"},\"n\":{\"x\":7},\"again\":{\"x\":\"t\"},\"own\":[7]}"));
        for (String wrong : List.of(
                "{\"t\":{\"x\":7}}",
                "{\"n\":{\"x\":\"t\"}}",
                "{\"again\":{\"x\":[7]}}",
                "{\"own\":7}",
                "{\"own\":\"t\"}")) {
            assertFalse(allows(both, wrong), wrong);
        }
        assertEquals(
                3,
                JsonMapper.shared()
                        .readTree(SchemaReader.text(both))
                        .get("$defs")
                        .size(),
                "what is there twice is there once");
    }

    @Test
    void equalDefinitionsBelowOthersAreNotTheSame() {
        JsonSchemaElement inner = of("x", ref("b"), Map.of("b", ref("a")));
        JsonSchemaElement both = JsonObjectSchema.builder()
                .addProperty("t", of("y", inner, Map.of("a", TEXT)))
                .addProperty("n", of("y", inner, Map.of("a", NUMBER)))
                .build();
        assertTrue(allows(both, "{\"t\":{\"y\":{\"x\":\"t\"}},\"n\":{\"y\":{\"x\":7}}}"));
        assertFalse(allows(both, "{\"t\":{\"y\":{\"x\":7}}}"));
        assertFalse(allows(both, "{\"n\":{\"y\":{\"x\":\"t\"}}}"));
    }

    @Test
    void definitionsOfDefinitionsAndOfAlternativesAreLifted() {
        JsonSchemaElement inner = of("x", list(ref("c")), Map.of("c", NUMBER));
        JsonSchemaElement any = JsonAnyOfSchema.builder()
                .anyOf(TEXT, of("y", ref("i"), Map.of("i", inner)))
                .build();
        JsonSchemaElement schema = list(any);
        assertTrue(allows(schema, "[\"t\",{\"y\":{\"x\":[7,8]}}]"));
        assertFalse(allows(schema, "[{\"y\":{\"x\":[\"t\"]}}]"));
    }

    @Test
    void aReferenceToWhatStandsBesideItIsKept() {
        JsonSchemaElement schema = JsonObjectSchema.builder()
                .addProperty("first", ref("a"))
                .addProperty("second", of("x", ref("a"), Map.of("a", NUMBER)))
                .build();
        assertTrue(allows(schema, "{\"first\":7,\"second\":{\"x\":8}}"));
        JsonSchemaElement nowhere = list(ref("a"));
        assertThrows(
                ReferenceException.class,
                () -> OutputCompiler.compileSource(Output.jsonSchema(SchemaReader.text(nowhere)), Limits.DEFAULT));
    }

    @Test
    void aRawSchemaInAnotherHasDefinitionsOfItsOwn() {
        JsonSchemaElement raw = JsonRawSchema.from(
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/a\"}}}}");
        JsonSchemaElement schema = JsonObjectSchema.builder()
                .addProperty("r", raw)
                .addProperty("s", raw)
                .addProperty("t", ref("a"))
                .addProperty("u", JsonRawSchema.from("{\"$ref\":\"#/$defs/a\"}"))
                .definitions(Map.of("a", TEXT))
                .build();
        assertTrue(allows(schema, "{\"r\":[[],[[]]],\"s\":[],\"t\":\"t\",\"u\":\"t\"}"));
        assertFalse(allows(schema, "{\"r\":\"t\"}"));
        assertFalse(allows(schema, "{\"t\":[]}"));
        assertTrue(allows(raw, "[[]]"));
    }
}
