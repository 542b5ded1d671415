// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What {@code BudgetView.relaxed} promises of items that must differ: it reads all that they read, and the end is hardly nearer. */
class RelaxedItemsTest {

    private static final int STEPS = 24;
    private static final String ALPHABET = "aab\"\"\",,[]{}:10\\u t";
    private static final String UNIQUE = "{\"type\":\"array\",\"uniqueItems\":true,\"items\":";
    private static final List<String> SCHEMAS = List.of(
            UNIQUE + "{\"type\":\"string\"}}",
            UNIQUE + "{}}",
            UNIQUE + "{\"type\":\"string\"},\"minItems\":3}",
            UNIQUE + "{},\"minItems\":2}",
            UNIQUE + "{\"type\":\"string\"},\"maxItems\":3}",
            UNIQUE + "{\"type\":[\"string\",\"array\"]}}",
            UNIQUE + "{\"type\":[\"string\",\"integer\"]}}",
            UNIQUE + "{\"type\":\"string\",\"pattern\":\"^(abab)*$\"},\"prefixItems\":[{\"type\":\"string\"}]}",
            UNIQUE + "{\"type\":\"string\"},\"prefixItems\":[{\"enum\":[\"a\",\"ab\"]},{\"type\":\"string\"}]}",
            UNIQUE + "{\"type\":\"string\",\"maxLength\":4}}",
            UNIQUE + "{\"type\":\"string\"},\"contains\":{\"enum\":[\"a\",\"aa\"]}}",
            UNIQUE + UNIQUE + "{\"type\":\"string\"}}}",
            UNIQUE + "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"not\":{\"uniqueItems\":true}}");

    private final Stepper stepper = new Stepper(Limits.DEFAULT);

    private static StackSet start(String schema) {
        return StackSet.of(new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END))
                .automaton()
                .start());
    }

    @RandomTrials(30)
    void itemsThatMustDifferReadAsMuchWhereStringsAreForgottenAndTheEndIsHardlyNearer(long seed) {
        Random random = new Random(seed);
        for (String schema : SCHEMAS) {
            StackSet exact = start(schema);
            StackSet relaxed = stepper.relaxed(exact);
            StringBuilder text = new StringBuilder();
            for (int step = 0; step < STEPS; step++) {
                char symbol = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                StackSet next = stepper.step(exact, symbol);
                if (next.size() == 0) {
                    continue;
                }
                text.append(symbol);
                exact = next;
                relaxed = stepper.relaxed(stepper.step(relaxed, symbol));
                String where = schema + " after " + text;
                assertTrue(relaxed.size() > 0, where);
                assertArrayEquals(stepper.results(exact), stepper.results(relaxed), where);
                int least = stepper.distance(relaxed);
                int distance = stepper.distance(exact);
                assertTrue(least <= distance && distance <= 2 * least + 8, where + ": " + least + ", " + distance);
            }
        }
    }

    @Test
    void stringsOfAnyTextThatDifferedAreForgotten() {
        StackSet start = start(UNIQUE + "{\"type\":\"string\"}}");
        StackSet relaxed = stepper.relaxed(read(start, "[\"ab\",\"a\",\"abb"));
        assertEquals(stepper.relaxed(read(start, "[\"b\",\"x")), relaxed);
    }

    private StackSet read(StackSet from, String text) {
        StackSet at = from;
        for (char symbol : text.toCharArray()) {
            at = stepper.step(at, symbol);
        }
        return at;
    }
}
