// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.Countdown;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schemas are worked out while texts are read: what is ended in the middle of that must stay whole. */
class SchemaCancellationTest {

    private static final List<String> SCHEMAS = List.of(
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":3},"
                    + "\"b\":{\"type\":\"array\",\"items\":{\"$ref\":\"#\"},\"minItems\":1,\"uniqueItems\":true}},"
                    + "\"required\":[\"a\"],\"minProperties\":2}",
            "{\"type\":\"object\",\"patternProperties\":{\"^a\":{\"type\":\"boolean\"},\"b$\":{\"enum\":[true,1]}},"
                    + "\"propertyNames\":{\"maxLength\":5},\"anyOf\":[{\"required\":[\"a\"]},{\"minProperties\":3}]}",
            "{\"oneOf\":[{\"properties\":{\"k\":{\"const\":\"x\"},\"v\":{\"pattern\":\"^[a-c]+$\"}},"
                    + "\"required\":[\"k\"]},{\"properties\":{\"k\":{\"const\":\"y\"},\"v\":{\"multipleOf\":0.7}},"
                    + "\"required\":[\"k\",\"v\"]}],\"type\":\"object\"}");

    private static final List<String> TEXTS =
            List.of("{\"a\":12,\"b\":[{\"a\":3,\"c\":0}]}", "{\"ab\":true,\"a\":false}", "{\"v\":1.4,\"k\":\"y\"}");

    private static final Vocabulary BYTES = bytes();

    private static Vocabulary bytes() {
        Vocabulary.Builder tokens = Vocabulary.builder();
        for (int symbol = 0; symbol < 256; symbol++) {
            tokens.token(symbol, ByteString.of((byte) symbol));
        }
        return tokens.token(256, "\":").build();
    }

    private static CompiledGrammar compiled(String schema, Cancellation cancellation) {
        SchemaOptions options = SchemaOptions.CHECKING;
        WorkBudget budget = new WorkBudget(options.limits(), cancellation);
        return new GrammarCompiler(BYTES)
                .compile(new SchemaCompiler().compile(schema, options, budget).automaton());
    }

    @Test
    void aMaskOfASchemaThatIsEndedAtAnyLookLeavesTheSchemaWhole() {
        for (int i = 0; i < SCHEMAS.size(); i++) {
            Matcher oracle = compiled(SCHEMAS.get(i), new Cancellation()).matcher();
            byte[] text = TEXTS.get(i).getBytes(StandardCharsets.UTF_8);
            for (byte next : text) {
                oracle.mask();
                oracle.accept(next & 0xff);
            }
            assertTrue(oracle.isAccepting());
            Countdown countdown;
            long look = 0;
            do {
                look += 1 + look;
                countdown = look % 2 == 0 ? Countdown.cancelling(look) : Countdown.interrupting(look);
                readEnded(SCHEMAS.get(i), text, countdown);
            } while (countdown.isOver());
            assertTrue(look > 10, "looks: " + look);
        }
    }

    private static void readEnded(String schema, byte[] text, Countdown countdown) {
        Matcher matcher = compiled(schema, new Cancellation()).matcher(countdown.cancellation());
        Matcher sound = compiled(schema, new Cancellation()).matcher();
        for (byte next : text) {
            try {
                assertEquals(sound.mask(), matcher.mask());
                assertEquals(sound.leastBytesToEnd(), matcher.leastBytesToEnd());
            } catch (CancelledException expected) {
                Thread.interrupted();
                matcher = matcher.fork(new Cancellation());
                assertEquals(sound.mask(), matcher.mask());
                assertEquals(sound.leastBytesToEnd(), matcher.leastBytesToEnd());
            }
            sound.accept(next & 0xff);
            matcher = matcher.fork(new Cancellation());
            matcher.accept(next & 0xff);
            matcher = matcher.fork(countdown.isOver() ? new Cancellation() : countdown.cancellation());
        }
        assertTrue(matcher.fork(new Cancellation()).isAccepting());
    }

    @Test
    void aCompilationThatIsEndedAtAnyLookIsCancelledAndTheCompilerGoesOn() {
        SchemaCompiler compiler = new SchemaCompiler();
        for (String schema : SCHEMAS) {
            Countdown countdown;
            long look = 0;
            do {
                look += 1 + look / 3;
                countdown = look % 2 == 0 ? Countdown.cancelling(look) : Countdown.interrupting(look);
                WorkBudget budget = new WorkBudget(Limits.DEFAULT, countdown.cancellation());
                try {
                    compiler.compile(schema, SchemaOptions.CHECKING, budget);
                } catch (CancelledException expected) {
                    assertTrue(countdown.isOver());
                } catch (EspalierException other) {
                    throw new AssertionError("look " + look, other);
                } finally {
                    Thread.interrupted();
                }
            } while (countdown.isOver());
            compiler.compile(schema, SchemaOptions.CHECKING);
        }
    }

    @Test
    void theExplanationOfAContradictionIsCancelledToo() {
        String schema = "{\"allOf\":[{\"type\":\"object\",\"required\":[\"a\"]},{\"maxProperties\":0}]}";
        WorkBudget whole = new WorkBudget(Limits.DEFAULT, new Cancellation());
        assertThrows(
                EspalierException.class, () -> new SchemaCompiler().compile(schema, SchemaOptions.CHECKING, whole));
        Countdown countdown = Countdown.cancelling(2 + whole.meter().spent());
        WorkBudget budget = new WorkBudget(Limits.DEFAULT, countdown.cancellation());
        assertThrows(
                CancelledException.class, () -> new SchemaCompiler().compile(schema, SchemaOptions.CHECKING, budget));
    }

    @Test
    void theSameSchemaTakesTheSameWork() {
        for (String schema : SCHEMAS) {
            long[] work = new long[2];
            for (int trial = 0; trial < 2; trial++) {
                WorkBudget budget = new WorkBudget(Limits.DEFAULT, new Cancellation());
                new SchemaCompiler().compile(schema, SchemaOptions.CHECKING, budget);
                work[trial] = budget.meter().spent();
            }
            assertEquals(work[0], work[1]);
        }
    }
}
