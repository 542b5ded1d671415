// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import org.junit.jupiter.api.Test;

/** What one schema has taught a compiler serves the next, and changes nothing else. */
class LearnedTest {

    @Test
    void whatWasNotAskedForLongestGoes() {
        Learned<String, String> learned = new Learned<>(10_000);
        for (int i = 0; i < 100; i++) {
            learned.put("key " + i, "value", 1_000);
            assertTrue(learned.bytes() <= 10_000);
            assertNotNull(learned.get("key 0"));
        }
        assertNull(learned.get("key 1"));
        assertEquals("value", learned.get("key 99"));
    }

    @Test
    void whatIsTooLargeIsNotKept() {
        Learned<String, String> learned = new Learned<>(10_000);
        learned.put("large", "value", 5_000);
        assertNull(learned.get("large"));
        assertEquals(0, learned.bytes());
    }

    @Test
    void aCompilerCountsPatternsFormatsAndNumbersOnce() {
        SchemaCompiler compiler = new SchemaCompiler();
        assertEquals(0, compiler.cacheBytes());
        long before = 0;
        for (String schema : new String[] {
            "{\"pattern\":\"^a{200}$\"}",
            "{\"type\":\"integer\",\"minimum\":3,\"multipleOf\":7}",
            "{\"format\":\"date-time\"}",
            "{\"pattern\":\"^b{200}$\"}"
        }) {
            compiler.compile(schema, SchemaOptions.DEFAULT);
            long more = compiler.cacheBytes() - before;
            assertTrue(more > 200, schema + " takes " + more + " bytes");
            before += more;
            compiler.compile(schema, SchemaOptions.DEFAULT);
            assertEquals(before, compiler.cacheBytes(), schema + " is known");
        }
    }

    @Test
    void whatACompilerKeepsIsBounded() {
        SchemaCompiler compiler = new SchemaCompiler();
        for (int i = 0; i < 600; i++) {
            compiler.compile("{\"pattern\":\"^[a-z]{" + (300 + i) + "}" + i + "$\"}", SchemaOptions.DEFAULT);
            assertTrue(compiler.cacheBytes() <= 12 << 20, compiler.cacheBytes() + " bytes");
        }
        assertTrue(compiler.cacheBytes() > 4 << 20, compiler.cacheBytes() + " bytes are less than the bound lets");
    }

    private static LimitExceededException refused(SchemaCompiler compiler, String schema, Limits limits) {
        SchemaOptions options = SchemaOptions.DEFAULT.withLimits(limits);
        return assertThrows(LimitExceededException.class, () -> compiler.compile(schema, options));
    }

    @Test
    void patternsThatAreKnownCountAsMuchAsNewOnes() {
        String two = "{\"properties\":{\"a\":{\"pattern\":\"^a{200}$\"},\"b\":{\"pattern\":\"^b{200}$\"}}}";
        Limits limits = Limits.DEFAULT.withMaxAutomatonStates(10 * 250);
        Limits few = Limits.DEFAULT.withMaxAutomatonStates(100);
        SchemaCompiler knowing = new SchemaCompiler();
        knowing.compile(two, SchemaOptions.DEFAULT.withLimits(limits));
        for (String pattern : new String[] {"^a{200}$", "^b{200}$"}) {
            String one = "{\"pattern\":\"" + pattern + "\"}";
            LimitExceededException expected = refused(new SchemaCompiler(), one, few);
            assertEquals(expected.getMessage(), refused(knowing, one, few).getMessage());
        }
        Limits exact = Limits.DEFAULT.withMaxCompileBytes(60_000);
        LimitExceededException expected = refused(new SchemaCompiler(), two, exact);
        assertEquals(expected.getMessage(), refused(knowing, two, exact).getMessage());
    }

    @Test
    void equalDemandsOnNumbersHaveOneLanguage() {
        SchemaCompiler compiler = new SchemaCompiler();
        for (String schema : new String[] {
            "{\"type\":\"integer\",\"minimum\":3,\"maximum\":17}",
            "{\"maximum\":17,\"minimum\":3,\"type\":\"integer\"}",
            "{\"type\":\"integer\",\"anyOf\":[{\"minimum\":3},{\"maximum\":17}]}",
            "{\"type\":\"integer\",\"minimum\":3,\"exclusiveMaximum\":17}",
            "{\"type\":\"number\",\"minimum\":3,\"maximum\":17}"
        }) {
            for (String text : new String[] {"2", "3", "16", "17", "18", "3.5", "-1"}) {
                Recogniser fresh = recogniser(new SchemaCompiler(), schema);
                assertEquals(fresh.accepts(text), recogniser(compiler, schema).accepts(text), schema + " " + text);
            }
        }
    }

    private static Recogniser recogniser(SchemaCompiler compiler, String schema) {
        return new Recogniser(
                compiler.compile(schema, SchemaOptions.DEFAULT).automaton().start());
    }
}
