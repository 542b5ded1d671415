// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.work.LateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was compiled is read: limits end compilations and not texts, and change nothing of what is read. */
class LateErrorsTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261121);
    private static final int TRIALS = Integer.getInteger("espalier.schemas.late", 60);
    private static final int LENGTH = 60;
    private static final List<String> FAVOURITES = List.of("oneOf", "anyOf", "allOf", "patternProperties", "contains");

    private static Limits small(Random random) {
        return Limits.DEFAULT
                .withStepDeadline(Duration.ofMillis(60_000))
                .withCompileDeadline(Duration.ofMillis(60_000))
                .withMaxIrNodes(100 << random.nextInt(8))
                .withMaxAutomatonStates(1000 << random.nextInt(8));
    }

    private static @org.jspecify.annotations.Nullable CompiledSchema compiled(String schema, SchemaOptions options) {
        try {
            return new SchemaCompiler().compile(schema, options);
        } catch (EspalierException e) {
            return null;
        }
    }

    private static byte[] allowed(Stepper stepper, StackSet set) {
        byte[] allowed = new byte[257];
        for (int symbol = 0; symbol < 256; symbol++) {
            allowed[symbol] = (byte) (stepper.step(set, symbol).isEmpty() ? 0 : 1);
        }
        allowed[256] = (byte) stepper.results(set).length;
        return allowed;
    }

    private static StackSet step(Stepper stepper, StackSet set, byte[] allowed, Random random) {
        List<Integer> open = new ArrayList<>();
        for (int symbol = 0; symbol < 256; symbol++) {
            for (int times = allowed[symbol] * ("{}[]\",:abt01".indexOf(symbol) >= 0 ? 8 : 1); times > 0; times--) {
                open.add(symbol);
            }
        }
        return stepper.step(set, open.isEmpty() ? 0xFF : open.get(random.nextInt(open.size())));
    }

    /** Walks a text at random; where there is an oracle, both allow the same. */
    private static void walk(String schema, CompiledSchema compiled, CompiledSchema oracle, long seed) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(compiled.automaton().start());
        StackSet expected = StackSet.of(oracle.automaton().start());
        Random mine = new Random(seed);
        Random theirs = new Random(seed);
        for (int i = 0; i < LENGTH && !set.isEmpty(); i++) {
            try {
                byte[] allowed = allowed(stepper, set);
                assertArrayEquals(allowed(stepper, expected), allowed, schema);
                for (int result : stepper.results(set)) {
                    assertEquals(stepper.distance(expected, result), stepper.distance(set, result), schema);
                }
                set = step(stepper, set, allowed, mine);
                expected = step(stepper, expected, allowed, theirs);
            } catch (EspalierException e) {
                fail("seed " + seed + ": " + schema, e);
            }
        }
    }

    @Test
    void smallLimitsEndCompilationsAndNotTexts() {
        int walked = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Random random = new Random(SEED + trial);
            Map<String, Object> root = new RandomSchemas(random, List.of(1, "a", "b", true, Map.of("a", 1)), true)
                    .withFavourites(FAVOURITES.get(trial % FAVOURITES.size()))
                    .root(Map.of(), 4);
            String schema = RandomSchemas.json(root);
            SchemaOptions options = trial % 2 == 0 ? SchemaOptions.DEFAULT : SchemaOptions.CHECKING;
            CompiledSchema compiled = compiled(schema, options.withLimits(small(random)));
            CompiledSchema oracle = compiled(schema, options);
            if (compiled != null && oracle != null) {
                walked++;
                walk(schema, compiled, oracle, SEED + trial);
            }
        }
        int read = walked;
        assertTrue(read > TRIALS / 4, () -> read + " of " + TRIALS);
    }

    @Test
    void largeSchemasAreCompiledAndReadUnderTheDefaultLimits() {
        for (MemberOrder order : MemberOrder.values()) {
            SchemaOptions options = SchemaOptions.DEFAULT.withMemberOrder(order);
            String records = LargeSchemas.records(order == MemberOrder.ANY ? 150 : 40, 7);
            assertTrue(order == MemberOrder.DECLARED || records.length() > 1 << 20);
            Recogniser read = Recogniser.of(records, options);
            assertTrue(read.accepts(
                    "{\"resourceType\":\"Resource17\",\"contained\":[{\"resourceType\":\"Resource39\"}]}"));
            assertTrue(read.after("{\"resourceType\":\"Resource17\",\"contained\":[{\"resourceType\":\"Resource150")
                    .isEmpty());
            Recogniser.of(LargeSchemas.infrastructure(150, 7), options)
                    .accepts("{\"apiVersion\":\"v1\",\"kind\":\"Kind7\",\"metadata\":{\"name\":\"a\"}}");
            assertTrue(Recogniser.of(LargeSchemas.charts(40, 7), options)
                    .accepts("{\"marks\":[{\"type\":\"group\",\"marks\":[{\"type\":\"a\",\"transform\":[{\"type\":"
                            + "\"transform3\"}]}]}]}"));
        }
    }

    @Test
    void keysThatAreManyRegularExpressionsEndACompilationAtTheLimitOnMemory() {
        String schema = "{\"type\":\"object\",\"minProperties\":3000,"
                + "\"propertyNames\":{\"format\":\"regex\",\"minLength\":17}}";
        Limits limits = Limits.DEFAULT.withMaxCompileBytes(1 << 20);
        SchemaOptions options = SchemaOptions.CHECKING.withLimits(limits);
        LimitExceededException exceeded =
                assertThrows(LimitExceededException.class, () -> new SchemaCompiler().compile(schema, options));
        assertEquals("maxCompileBytes", exceeded.limit());
    }

    /** Objects that only an optional member may have are worked out when compiling, too: no mask is the first to come to them. */
    @Test
    void keysOfManyPatternsEndACompilationAtTheLimitOnMemory() {
        String patterns = IntStream.range(0, 11)
                .mapToObj(i -> "\"" + (char) ('a' + i) + "\":{\"maxLength\":" + i + "}")
                .collect(Collectors.joining(","));
        String schema = "{\"properties\":{\"a\":{\"type\":\"object\",\"patternProperties\":{" + patterns + "}}}}";
        Limits limits = Limits.DEFAULT.withMaxCompileBytes(1 << 20);
        new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT);
        LimitExceededException exceeded = assertThrows(
                LimitExceededException.class,
                () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT.withLimits(limits)));
        assertEquals("maxCompileBytes", exceeded.limit());
    }

    @Test
    void unionsByTheirKeyReadWhatUnionsRead() {
        for (int trial = 0; trial < 20; trial++) {
            String schema = LargeSchemas.charts(9 + trial % 4, SEED + trial);
            Limits few = Limits.DEFAULT.withMaxIrNodes(20_000).withStepDeadline(Duration.ofMillis(60_000));
            for (MemberOrder order : MemberOrder.values()) {
                SchemaOptions options = SchemaOptions.DEFAULT.withMemberOrder(order);
                CompiledSchema compiled = compiled(schema, options.withLimits(few));
                CompiledSchema oracle = compiled(schema, options);
                assertTrue(compiled != null && oracle != null);
                walk(schema, compiled, oracle, SEED + trial);
            }
        }
    }

    @Test
    void differentItemsThatManySchemasTellApartAreReadAsFewClasses() {
        StringBuilder places = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            places.append(i > 1 ? "," : "").append("{\"minimum\":" + i + ",\"maximum\":" + (i + 20) + "}");
        }
        Recogniser schema = Recogniser.of(
                "{\"uniqueItems\":true,\"items\":{\"type\":\"integer\"},\"prefixItems\":[" + places + "]}",
                SchemaOptions.DEFAULT.withLimits(Limits.DEFAULT.withStepDeadline(Duration.ofMillis(60_000))));
        assertTrue(schema.accepts("[1,2,3,4,5,6,7,8,9,10,11,12]"));
        assertFalse(schema.accepts("[1,2,3,4,5,6,7,8,9,10,11,4]"));
        assertFalse(schema.accepts("[1,2,3,4,5,6,7,8,9,31]"));
    }

    @Test
    void tablesOfLongTextsThatAreForgottenAreMadeAnew() {
        String schema =
                "{\"type\":\"string\",\"pattern\":\"^(abc?|d{2,7}e)*$\",\"minLength\":30000,\"maxLength\":30005}";
        Limits few = Limits.DEFAULT.withMaxCompileBytes(1 << 20).withStepDeadline(Duration.ofMillis(60_000));
        CompiledSchema oracle = new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT);
        CompiledSchema compiled = new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT.withLimits(few));
        for (int seed = 0; seed < 3; seed++) {
            walk(schema, compiled, oracle, seed);
        }
    }

    /** Alternatives that have keys in common and none that tells them apart. */
    private static String untold(int alternatives) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < alternatives; i++) {
            String one = "\"n" + i % 7 + "\"";
            String other = "\"s" + i % 5 + "\"";
            all.append(i > 0 ? "," : "{\"anyOf\":[")
                    .append("{\"type\":\"object\",\"properties\":{" + one + ":{\"type\":\"integer\",\"minimum\":" + i
                            + "},"
                            + other + ":{\"type\":\"string\",\"minLength\":" + i % 9 + "}},\"required\":[" + one + ","
                            + other + "]}");
        }
        return all.append("]}").toString();
    }

    @Test
    void unionsThatNoKeyTellsApartAreReadAtTheSameTime() {
        Recogniser schema = Recogniser.of(untold(24), SchemaOptions.CHECKING);
        assertTrue(schema.accepts("{\"n1\":9,\"s0\":\"aaaaaaaaaa\",\"s1\":\"a\"}"));
        assertTrue(schema.accepts("{\"n1\":1,\"s1\":\"a\"}"));
        assertFalse(schema.accepts("{\"n1\":0,\"s1\":\"a\"}"));
        assertFalse(schema.accepts("{\"n3\":9,\"s4\":\"\"}"));
        assertTrue(schema.accepts("{\"s4\":\"\",\"n4\":1,\"s3\":\"a\",\"n2\":11}"));
    }

    /** Members and items that only count up towards what must not be reached lead nowhere: nothing is gained by counting on. */
    @Test
    void whatOnlyCountsUpIsNotCounted() {
        Limits little =
                Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(100)).withWallClockFactor(100);
        SchemaOptions options = SchemaOptions.CHECKING.withLimits(little);
        String members = "{\"type\":\"object\",\"maxProperties\":9000000,\"not\":{\"patternProperties\":"
                + "{\"l\":{\"type\":\"string\"},\"r\":{\"type\":\"number\"},\"o\":{\"type\":\"null\"}}}}";
        assertTrue(Recogniser.of(members, options).accepts("{\"b\":1,\"al\":1}"));
        String few = "{\"not\":{\"properties\":{\"INIT\":{}},\"minProperties\":3,\"maxProperties\":100000000}}";
        assertTrue(Recogniser.of(few, options).accepts("{\"b\":1,\"INIT\":1}"));
        String items = "{\"type\":\"array\",\"contains\":{\"minimum\":5},\"minContains\":0,\"maxContains\":900000,"
                + "\"anyOf\":[{\"contains\":{\"type\":\"string\"}},{\"contains\":{\"type\":\"null\"},\"minContains\":3}]}";
        assertTrue(Recogniser.of(items, options).accepts("[7,\"a\"]"));
    }

    @Test
    void whatIsCountedOneByOneEndsAtALimit() {
        String schema = "{\"type\":\"object\",\"minProperties\":10000000000,"
                + "\"not\":{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"null\"}}}}";
        SchemaOptions small = SchemaOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxCompileBytes(4 << 20));
        LimitExceededException refused =
                assertThrows(LimitExceededException.class, () -> new SchemaCompiler().compile(schema, small));
        assertEquals("maxCompileBytes", refused.limit());
        String items = "{\"type\":\"array\",\"anyOf\":[{\"contains\":{\"type\":\"string\"},\"minContains\":1000000000},"
                + "{\"contains\":{\"type\":\"null\"},\"minContains\":1000000000}]}";
        SchemaOptions little = SchemaOptions.DEFAULT.withLimits(
                Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(2000)).withWallClockFactor(100));
        CompileTimeoutException late =
                assertThrows(CompileTimeoutException.class, () -> new SchemaCompiler().compile(items, little));
        assertTrue(late.toString().contains("units of work"), late.toString());
    }

    @Test
    void automataThatAreTooLargeOnceACompilationIsOverAreTooLargeForMemory() {
        assertEquals(
                "maxAutomatonStates",
                CharacterAutomatonBuilder.tooMany(Limits.DEFAULT, 1 << 20).limit());
        assertEquals(
                "maxCompileBytes",
                CharacterAutomatonBuilder.tooMany(LateLimits.of(Limits.DEFAULT), 1 << 20)
                        .limit());
    }
}
