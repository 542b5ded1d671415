// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UnseenInputsTest {

    private static final int COUNT = 300;

    /** Parts of a few schemas of our own. */
    public static UnseenInputs inputs(long seed) {
        List<String> schemas = List.of(
                "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"type\":\"object\",\"required\":[\"name\"],\"properties\":"
                        + "{\"name\":{\"type\":\"string\",\"maxLength\":20},\"size\":{\"minimum\":0,\"exclusiveMinimum\":true}}}",
                "{\"type\":\"array\",\"prefixItems\":[{\"enum\":[\"red\",\"green\"]}],\"items\":{\"pattern\":\"^[a-z]{2,8}$\"}}",
                "{\"anyOf\":[{\"type\":\"integer\"},{\"$ref\":\"#/$defs/a\"}],\"$defs\":{\"a\":{\"type\":\"null\"}}}");
        return new UnseenInputs(
                Weights.read(), new SchemaParts(schemas, List.of("{\"name\":\"red\"}", "[1,2.5]")), seed);
    }

    @Test
    void anInputDependsOnSeedAndNumberAlone() {
        UnseenInputs forwards = inputs(7);
        UnseenInputs backwards = inputs(7);
        List<UnseenInput> first =
                IntStream.range(0, COUNT).mapToObj(forwards::input).toList();
        List<UnseenInput> second = new ArrayList<>();
        for (int i = COUNT - 1; i >= 0; i--) {
            second.add(0, backwards.input(i));
        }
        assertEquals(first, second);
        assertNotEquals(first.get(0).seed(), inputs(8).input(0).seed());
        Set<String> sources = new HashSet<>();
        first.forEach(input -> sources.add(input.source()));
        assertTrue(sources.size() > COUNT * 9 / 10, "different inputs: " + sources.size());
    }

    @Test
    void everyChangeAndEveryBaseIsTaken() {
        Set<String> made = new HashSet<>();
        UnseenInputs inputs = inputs(3);
        for (int i = 0; i < 1000; i++) {
            made.addAll(inputs.input(i).made());
        }
        assertTrue(made.containsAll(Weights.read().names("change")), made.toString());
        assertTrue(made.containsAll(Weights.read().names("base")), made.toString());
    }

    @Test
    void schemasAreJsonOfOneFormAndTheirTextsToo() {
        UnseenInputs inputs = inputs(11);
        int json = 0;
        for (int i = 0; i < COUNT; i++) {
            UnseenInput input = inputs.input(i);
            if (input.kind() == Kind.SCHEMA) {
                JsonNode schema = Json.read(input.source());
                assertTrue(schema.path("$schema").isString());
                for (SchemaPlaces.Place place : SchemaPlaces.of(schema)) {
                    assertTrue(!place.get().path("exclusiveMinimum").isBoolean(), input.source());
                }
                for (String text : input.texts()) {
                    Json.read(text);
                    json++;
                }
            }
        }
        assertTrue(json > COUNT);
    }

    @Test
    void thePlainRecogniserAgreesWithJavasPatterns() {
        UnseenInputs inputs = inputs(5);
        int accepted = 0;
        int judged = 0;
        for (int i = 0; judged < 400; i++) {
            Dice dice = Dice.of(99, i);
            JsonNode shape = new SchemaMixer(inputs.weights(), inputs.parts(), dice).pattern();
            String text = ShapeText.example(Json.object(), shape, dice);
            if (text.length() > 12) {
                continue; // java.util.regex takes exponential time on some of these
            }
            String other = dice.once(2) ? text : new TextChanges(dice).changed(text);
            Optional<Boolean> reads = ShapeReader.reads(Json.object(), shape, other);
            if (reads.isPresent() && !other.contains("\n")) {
                boolean java =
                        Pattern.compile(ShapeText.regex(shape)).matcher(other).matches();
                assertEquals(java, reads.get(), ShapeText.regex(shape) + " on " + other);
                accepted += java ? 1 : 0;
                judged++;
            }
        }
        assertTrue(accepted > 100, "accepted: " + accepted);
    }

    @Test
    void thePlainRecogniserReadsRulesThatRecurseToTheLeft() {
        JsonNode rules =
                Json.read("{\"root\":{\"alt\":[{\"seq\":[{\"rule\":\"root\"},{\"text\":\"+\"},{\"rule\":\"n\"}]},"
                        + "{\"rule\":\"n\"}]},\"n\":{\"times\":[{\"chars\":\"09\"},1,3]}}");
        JsonNode root = rules.path("root");
        assertEquals(Optional.of(true), ShapeReader.reads(rules, root, "1+22+333"));
        assertEquals(Optional.of(false), ShapeReader.reads(rules, root, "1+22+"));
        assertEquals(Optional.of(false), ShapeReader.reads(rules, root, "1+4444"));
    }

    @Test
    void changedTextsAreOfTheSameValueWhenOnlySpelledAnew() {
        for (int i = 0; i < 200; i++) {
            JsonNode value = Json.read("{\"a\\\"b\":[1,-2.50,1e3,\"x\\u0007\\u00e9\",null,true],\"c\":{}}");
            String text = new TextChanges(Dice.of(1, i)).spelled(value);
            JsonNode again = Json.read(text);
            assertEquals(value.path("a\"b").path(3), again.path("a\"b").path(3), text);
            for (int n = 0; n < 3; n++) {
                assertEquals(
                        0,
                        value.path("a\"b")
                                .path(n)
                                .decimalValue()
                                .compareTo(again.path("a\"b").path(n).decimalValue()),
                        text);
            }
        }
    }
}
