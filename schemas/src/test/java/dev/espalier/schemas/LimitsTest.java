// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.NamedLimit;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.work.LimitShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limit is exceeded when a schema is compiled, or never; one that is can be raised, and raising it helps. */
class LimitsTest {

    /** Reads a text under low limits, then with the limit that was named raised, again and again, until it is read. */
    private static void readsOnceRaised(String schema, String text, String limit, long low) {
        Limits limits = NamedLimit.with(Limits.DEFAULT.withStepDeadline(Duration.ofMinutes(1)), limit, low);
        LimitExceededException refused = refusal(schema, limits);
        if (refused == null) {
            read(schema, text, limits);
            return;
        }
        assertEquals(limit, refused.limit(), schema);
        for (int round = 0; round < 16; round++) {
            LimitExceededException said = refused;
            assertTrue(said.reached() > said.bound(), said::getMessage);
            limits = NamedLimit.with(limits, said.limit(), 2 * said.reached());
            refused = refusal(schema, limits);
            if (refused == null) {
                read(schema, text, limits);
                return;
            }
        }
        throw refused;
    }

    private static @Nullable LimitExceededException refusal(String schema, Limits limits) {
        try {
            new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT.withLimits(limits));
            return null;
        } catch (LimitExceededException e) {
            return e;
        }
    }

    private static void read(String schema, String text, Limits limits) {
        Recogniser recogniser = new Recogniser(new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT.withLimits(limits))
                .automaton()
                .start());
        assertTrue(recogniser.accepts(text), () -> text + " by " + schema);
    }

    private static String each(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(","));
    }

    @Test
    void statesOfOnePattern() {
        readsOnceRaised(
                "{\"type\":\"string\",\"pattern\":\"^[ab]*a[ab]{9}$\"}", "\"aaaaaaaaaa\"", "maxAutomatonStates", 6_000);
    }

    @Test
    void statesOfManyPatterns() {
        String words = each(6, i -> "{\"pattern\":\"w" + i + "\"}");
        readsOnceRaised(
                "{\"type\":\"string\",\"allOf\":[" + words + "]}", "\"w0w1w2w3w4w5\"", "maxAutomatonStates", 1_000);
    }

    @Test
    void termsOfOnePattern() {
        readsOnceRaised("{\"type\":\"string\",\"pattern\":\"^[ab]*a[ab]{7}$\"}", "\"aaaaaaaa\"", "maxIrNodes", 1_000);
    }

    @Test
    void multiplesOfManySteps() {
        String steps = each(7, i -> "{\"multipleOf\":0." + new int[] {2, 3, 7, 11, 13, 17, 19}[i] + "}");
        readsOnceRaised("{\"type\":\"number\",\"anyOf\":[" + steps + "]}", "1.3", "maxAutomatonStates", 30_000);
    }

    @Test
    void setsOfItemsThatAreEvaluated() {
        String parts = each(6, i -> "{\"contains\":{\"minimum\":" + i + "}}");
        readsOnceRaised(
                "{\"type\":\"array\",\"anyOf\":[" + parts + "],\"unevaluatedItems\":false}",
                "[1,3]",
                "maxIrNodes",
                60_000);
    }

    @Test
    void itemsThatManySchemasLookAt() {
        String items = each(6, i -> "{\"enum\":[" + each(5, n -> "" + (i + n)) + "]}");
        readsOnceRaised(
                "{\"type\":\"array\",\"prefixItems\":[" + items
                        + "],\"minItems\":6,\"maxItems\":6,\"uniqueItems\":true}",
                "[0,1,2,3,4,5]",
                "maxStepItems",
                400);
    }

    @Test
    void textsThatAreSearched() {
        String schema =
                "{\"type\":\"array\",\"minItems\":9,\"uniqueItems\":true,\"items\":{\"type\":\"integer\",\"minimum\":10,"
                        + "\"maximum\":19}}";
        readsOnceRaised(schema, "[10,11,12,13,14,15,16,17,18]", "maxStepItems", 12);
    }

    @Test
    @Timeout(20)
    void aDeadlineEndsWorkWhoseUnitsAreCostly() {
        String contains =
                each(8, i -> "{\"contains\":{\"multipleOf\":" + new int[] {3, 5, 7, 11, 13, 17, 19, 23}[i] + "}}");
        SchemaOptions options =
                SchemaOptions.CHECKING.withLimits(Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(300)));
        assertThrows(
                CompileTimeoutException.class,
                () -> new SchemaCompiler()
                        .compile(
                                "{\"type\":\"array\",\"items\":{\"type\":\"number\"},\"allOf\":[" + contains + "]}",
                                options));
    }

    @Test
    void tablesOfLengths() {
        readsOnceRaised(
                "{\"type\":\"string\",\"pattern\":\"^(?:[ab]{3})*$\",\"minLength\":400,\"maxLength\":900}",
                "\"" + "ab".repeat(240) + "\"", "maxCompileBytes", 30_000);
    }

    @Test
    void everyLimitThatIsNamedCanBeRaised() throws IOException {
        Pattern named = Pattern.compile("new (?:LimitExceededException|LimitShare|Deadline)\\(\\s*\"([^\"]*)\"");
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                named.matcher(Files.readString(source)).results().forEach(found -> names.add(found.group(1)));
            }
        }
        assertTrue(names.size() > 5, names::toString);
        names.forEach(name -> assertDoesNotThrow(() -> NamedLimit.with(Limits.DEFAULT, name, 1_000_000)));
    }

    @Test
    void aShareIsOfAtLeastOneThing() {
        LimitShare share = new LimitShare("maxIrNodes", 3, 10);
        assertDoesNotThrow(() -> share.check(1));
        LimitExceededException refused = assertThrows(LimitExceededException.class, () -> share.check(2));
        assertEquals(20, refused.reached());
        assertEquals(3, refused.bound());
    }
}
