// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.TextHorizon;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No text leads further from the end of its object than {@code BudgetView.farthest} says, against every text read byte by byte. */
class FarthestMemberTest {

    private static final long SEED = 20261121;
    private static final int ROUNDS = 5;
    private static final int STEPS = 40;
    private static final String ALPHABET = "aabb\"\"\"\":::,, {}[]1-\\";
    private static final String OBJECT = "{\"type\":\"object\",\"properties\":";
    private static final String FIVE = "{\"type\":\"string\",\"minLength\":5}";

    private static final List<String> SCHEMAS = List.of(
            "{\"type\":\"object\"}",
            FIVE,
            "{\"type\":\"string\",\"maxLength\":3,\"minLength\":1}",
            "{\"anyOf\":[{\"type\":\"string\",\"maxLength\":1},{\"type\":\"string\",\"minLength\":9}]}",
            "{\"type\":\"string\",\"pattern\":\"^(a:[ab]{7}|b{2}-.*,)$\"}",
            "{\"type\":\"string\",\"pattern\":\"^[a:]*$\",\"maxLength\":9}",
            "{\"type\":\"object\",\"minProperties\":3}",
            "{\"type\":\"object\",\"maxProperties\":2,\"additionalProperties\":" + FIVE + "}",
            OBJECT + "{\"a\":" + FIVE + ",\"ab\":{\"enum\":[1,\"bbbbbbbbbb\"]}}}",
            OBJECT + "{\"a\":" + FIVE + ",\"ab\":{\"type\":\"integer\"}},\"required\":[\"a\",\"ab\"],"
                    + "\"additionalProperties\":false}",
            OBJECT + "{\"a\":{\"const\":1},\"b\":" + OBJECT + "{\"a\":" + FIVE
                    + ",\"b\":{\"const\":1}},\"required\":[\"a\",\"b\"]}},\"required\":[\"a\"]}",
            OBJECT
                    + "{\"a\":{},\"b\":{}},\"dependentRequired\":{\"a\":[\"bbbbbbbbb\",\"b\"],\"b\":[\"aaaaaaaaaaaaaaa\"]}}",
            OBJECT + "{\"a\":{\"enum\":[1,11]},\"b\":" + FIVE
                    + "},\"if\":{\"properties\":{\"a\":{\"const\":1}}},\"then\":{\"required\":[\"b\",\"bbbbbbbb\"]}}",
            OBJECT + "{\"a\":{\"type\":\"array\",\"minItems\":3,\"items\":{\"type\":\"array\",\"minItems\":4}}},"
                    + "\"additionalProperties\":{\"type\":\"null\"}}",
            OBJECT
                    + "{\"a\":{\"const\":\"a\"},\"b\":{\"const\":1}},\"additionalProperties\":{\"const\":1},\"minProperties\":4}",
            "{\"anyOf\":[" + OBJECT + "{\"a\":{\"const\":1}},\"required\":[\"a\"]}," + OBJECT
                    + "{\"a\":{\"const\":\"a\"},\"b\":{\"type\":\"string\"}},\"required\":[\"a\",\"b\"]}]}",
            "{\"type\":\"object\",\"patternProperties\":{\"^a\":" + FIVE + "}}",
            "{\"type\":\"object\",\"patternProperties\":{\"^ab.+$\":" + FIVE
                    + ",\"b$\":{\"type\":\"string\"}},\"additionalProperties\":false}",
            "{\"type\":\"object\",\"patternProperties\":{\"^(ab)+b$\":{\"type\":\"null\"}},\"additionalProperties\":false,\"minProperties\":4}",
            "{\"type\":\"object\",\"propertyNames\":{\"minLength\":3},\"minProperties\":2}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"uniqueItems\":true}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"uniqueItems\":true,\"minItems\":1}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"uniqueItems\":true,\"maxItems\":2}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":2},\"uniqueItems\":true}",
            OBJECT + "{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"uniqueItems\":true}}}");

    private static final List<SchemaOptions> OPTIONS = List.of(
            SchemaOptions.DEFAULT,
            SchemaOptions.CHECKING,
            SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY),
            SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.pretty(2)).withMemberOrder(MemberOrder.ANY),
            SchemaOptions.DEFAULT.withRepeatedKeys(true).withSpelling(Spelling.ANY));

    private final Stepper stepper = new Stepper(Limits.DEFAULT);
    private int bounded;

    private static TextHorizon texts(Random random) {
        List<String> texts =
                new ArrayList<>(List.of("\":", "\"", ",\"", "\":\"", "\":[", "\":[[", "\":{", "\":{\"", "\\u"));
        for (String text :
                List.of("\":1,", "\":1,\"", "\":\"\",\"", "a\":1}", "\": {\"a\":{", "\":\"a\",\"b", "\":1,\"b\":")) {
            if (random.nextInt(3) == 0) {
                texts.add(text);
            }
        }
        for (int i = 0; i < 60; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            texts.add(text.toString());
        }
        return TextHorizon.of(texts.toArray(String[]::new));
    }

    private StackSet read(StackSet from, String text) {
        StackSet at = from;
        for (byte symbol : text.getBytes(StandardCharsets.ISO_8859_1)) {
            at = stepper.step(at, symbol & 0xff);
        }
        return at;
    }

    private void check(State state, TextHorizon texts, String where) {
        BudgetView view = state.budgetView();
        int most = state.goal().length == 1 && view != null ? view.farthest(texts) : -1;
        bounded += most >= 0 ? 1 : 0;
        for (byte[] token : most >= 0 ? texts.tokens() : List.<byte[]>of()) {
            String text = new String(token, StandardCharsets.UTF_8);
            StackSet after = read(StackSet.of(state), text);
            int distance = after.size() > 0 ? stepper.distance(after) : 0;
            assertTrue(distance <= most, () -> where + ", then " + text + ": " + distance + " > " + most);
        }
    }

    private void walk(StackSet start, TextHorizon texts, Random random, String where) {
        StackSet set = start;
        StringBuilder read = new StringBuilder();
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < set.size(); i++) {
                check(set.top(i), texts, where + " after " + read);
            }
            List<String> live = new ArrayList<>();
            for (char c : (ALPHABET + "\n").toCharArray()) {
                if (read(set, Character.toString(c)).size() > 0) {
                    live.add(Character.toString(c));
                }
            }
            if (live.isEmpty()) {
                return;
            }
            String next = live.get(random.nextInt(live.size()));
            read.append(next);
            set = read(set, next);
        }
    }

    @Test
    void noTextLeadsFurtherFromTheEndThanIsSaid() {
        Random random = new Random(SEED);
        for (SchemaOptions options : OPTIONS) {
            for (String schema : SCHEMAS) {
                State start = new SchemaCompiler()
                        .compile(schema, options)
                        .automaton()
                        .start();
                for (int round = 0; round < ROUNDS; round++) {
                    walk(StackSet.of(start), texts(random), random, schema + " " + options);
                }
            }
        }
        assertTrue(bounded > 2_000, bounded + " states have a bound");
    }
}
