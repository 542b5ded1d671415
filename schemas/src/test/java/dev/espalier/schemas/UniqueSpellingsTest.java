// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.Limits;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code uniqueItems} where one value has many texts: in any spelling of numbers and strings, any order of members. */
@org.jspecify.annotations.NullUnmarked
class UniqueSpellingsTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261121);
    private static final int WORLDS = Integer.getInteger("espalier.schemas.spellings", 8);
    private static final int TEXTS = 4;
    private static final String SYMBOLS = "0123456789.-+eE\"\\/nuabcé[]{},: tr\n";

    private static final String REPEATED = "{'type':'array','maxItems':3,'not':{'uniqueItems':true}}";

    private static Recogniser checking(String schema) {
        return Recogniser.of(schema.replace('\'', '"'), SchemaOptions.CHECKING);
    }

    /** Reads byte by byte; looks at the distance, too, which must exist behind each byte. */
    private static boolean accepts(Recogniser recogniser, String text) {
        StackSet set = StackSet.of(recogniser.start());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            set = recogniser.stepper().step(set, b & 0xFF);
            if (set.isEmpty()) {
                return false;
            }
            assertTrue(recogniser.stepper().distance(set) < Integer.MAX_VALUE, text);
        }
        return recogniser.stepper().results(set).length > 0;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'uniqueItems':true} | [0,0e5] | false",
                "{'uniqueItems':true} | [0,0.0] | false",
                "{'uniqueItems':true} | [0,0.01] | true",
                "{'items':{'type':'number'},'uniqueItems':true} | [0,-0e-7] | false",
                "{'items':{'type':'number'},'uniqueItems':true} | [100,1e2] | false",
                "{'items':{'type':'number'},'uniqueItems':true} | [1,1e05] | true",
                "{'items':{'type':'number'},'uniqueItems':true} | [1,1e00] | false",
                "{'items':{'enum':[1,2]},'uniqueItems':true} | [2,2] | false",
                "{'items':{'enum':[1,2]},'uniqueItems':true} | [2,10e-1] | true",
                "{'items':{'enum':[2,0.2]},'uniqueItems':true} | [2,2e-1] | true",
                "{'items':{'enum':[2,0.2]},'uniqueItems':true} | [2,0.2] | true",
                "{'items':{'type':'integer','minimum':0,'maximum':2},'uniqueItems':true} | [1,1] | false",
                "{'items':{'type':'integer','minimum':0,'maximum':2},'uniqueItems':true} | [1,0,2.0] | true",
                "{'items':{'enum':[{'a':1},{'a':2}]},'uniqueItems':true} | [{'a':1},{'\\u0061':1}] | false",
                "{'items':{'enum':[{'a':1},{'a':2}]},'uniqueItems':true} | [{'a':1},{'\\u0061':2}] | true",
                REPEATED + " | [{'a':1,'b':2},3,{'b':2,'a':1}] | true",
                REPEATED + " | [{'a':1,'b':2},3,{'b':2,'a':2}] | false",
                REPEATED + " | ['a',1,'\\u0061'] | true",
                REPEATED + " | [1,2,10e-1] | true",
                REPEATED + " | [0.1,2,1E-01] | true",
                "{'type':'array','maxItems':2,'not':{'uniqueItems':true}} | ['a','\\u0061'] | true",
                "{'type':'array','maxItems':2,'not':{'uniqueItems':true}} | ['/','\\/'] | true",
                "{'type':'array','maxItems':2,'not':{'uniqueItems':true}} | [{'a':1},{'\\u0061':1}] | true",
                "{'type':'array','maxItems':2,'not':{'uniqueItems':true}} | ['\uD83D\uDE00','\\uD83D\\ude00'] | true",
            })
    void oneValueIsOneInWhateverSpelling(String schema, String text, boolean valid) {
        assertEquals(valid, accepts(checking(schema), text.replace('\'', '"')));
    }

    /** As without {@code uniqueItems}, no number is too large; what is no other way to write 0 is not begun. */
    @Test
    void numbersOfAnySizeAreCompared() {
        String digits = "9".repeat(Limits.DEFAULT.maxNumberDigits() + 100);
        for (String schema : List.of("{'uniqueItems':true}", "{'uniqueItems':true,'items':{'type':'number'}}")) {
            Recogniser unique = checking(schema);
            assertTrue(accepts(unique, "[1e10001,1e10002]"));
            assertFalse(accepts(unique, "[1e10001,10e10000]"));
            assertTrue(accepts(unique, "[1e99999999999999999999,1e99999999999999999998]"));
            assertFalse(accepts(unique, "[1e99999999999999999999,0.1e100000000000000000000]"));
            assertFalse(unique.accepts("[" + digits + "," + digits + ".0]"));
            assertTrue(unique.accepts("[" + digits + "," + digits + "0]"));
        }
        Recogniser zeros = Recogniser.of("{\"uniqueItems\":true}");
        StackSet behind = zeros.after("[0,0");
        assertFalse(zeros.stepper().step(behind, '.').isEmpty());
        assertTrue(zeros.stepper().step(behind, 'e').isEmpty());
        assertTrue(zeros.stepper().step(behind, ']').isEmpty());
    }

    /** Not in the middle of a text, wherever the array stands. */
    @Test
    void arraysOfDifferentItemsThatDependOnThemselvesAreRefusedWhenCompiling() {
        String array = "{'type':'array','uniqueItems':true,'minItems':2,'items':"
                + "{'anyOf':[{'enum':[1,2]},{'$ref':'#/$defs/T'}]}}";
        String schema = "{'$defs':{'T':" + array + "},'type':'object','properties':{'x':{'$ref':'#/$defs/T'}}}";
        UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, () -> checking(schema));
        assertTrue(refused.getMessage().contains("different items"), refused.getMessage());
    }

    /** Whether an object can become another one is found out without looking at all orders of its members. */
    @Test
    void objectsOfManyMembersAreComparedInAnyOrder() {
        String object =
                IntStream.range(0, 20).mapToObj(i -> "'m" + i + "':" + i).collect(Collectors.joining(",", "{", "}"));
        String other = object.replace("'m19':19", "'m19':20");
        String schema = "{'uniqueItems':true,'items':{'enum':[%s,%s]}}".formatted(object, other);
        assertTrue(accepts(checking(schema), ("[" + object + "," + other + "]").replace('\'', '"')));
        assertFalse(checking(schema).accepts(("[" + object + "," + object + "]").replace('\'', '"')));
        assertTrue(checking(schema)
                .after("[" + object.replace('\'', '"') + ",{\"m19\":19")
                .isEmpty());
    }

    /** No level of nesting is too deep for items that are compared. */
    @Test
    void deepItemsAreCompared() {
        int levels = Limits.DEFAULT.maxNesting() + 20;
        String deep = "[".repeat(levels) + "]".repeat(levels);
        Recogniser unique = checking("{'uniqueItems':true}");
        assertFalse(unique.accepts("[" + deep + "," + deep + "]"));
        assertTrue(unique.accepts("[" + deep + ",[" + deep + "]]"));
    }

    /** Each next byte is allowed if and only if a valid text goes on so. */
    @Test
    void everyByteIsJudgedByTheValuesThatCanFollow() {
        SpelledPrefix oracle = new SpelledPrefix();
        int bytes = 0;
        for (int i = 0; i < WORLDS; i++) {
            Random random = new Random(SEED + i);
            SpelledWorld world = new SpelledWorld(random);
            if (!world.valid.isEmpty()) {
                Recogniser recogniser = Recogniser.of(SpelledJson.plain(world.schema), SchemaOptions.CHECKING);
                for (int j = 0; j < TEXTS; j++) {
                    try {
                        bytes += compare(recogniser, world, oracle, world.text());
                    } catch (RuntimeException | AssertionError e) {
                        throw new AssertionError(
                                "seed " + (SEED + i) + ", schema " + SpelledJson.plain(world.schema) + "\n" + e, e);
                    }
                }
            }
        }
        System.out.println("spellings of unique items: " + bytes + " bytes of " + WORLDS + " schemas");
    }

    private static int compare(Recogniser recogniser, SpelledWorld world, SpelledPrefix oracle, String text) {
        StackSet set = StackSet.of(recogniser.start());
        List<Object> left = new ArrayList<>(world.valid);
        int bytes = 0;
        for (int length = 0; length < text.length(); length++) {
            String prefix = text.substring(0, length);
            left.removeIf(value -> !oracle.begins(prefix, value));
            for (char c : SYMBOLS.toCharArray()) {
                StackSet after = set;
                for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    after = recogniser.stepper().step(after, b & 0xFF);
                }
                boolean expected = left.stream().anyMatch(value -> oracle.begins(prefix + c, value));
                assertEquals(expected, !after.isEmpty(), () -> "behind " + prefix + " the character " + c);
                bytes++;
            }
            for (byte b : text.substring(length, length + 1).getBytes(StandardCharsets.UTF_8)) {
                set = recogniser.stepper().step(set, b & 0xFF);
            }
            if (set.isEmpty()) {
                return bytes;
            }
            assertTrue(recogniser.stepper().distance(set) < Integer.MAX_VALUE, () -> "no distance behind " + prefix);
        }
        left.removeIf(value -> !oracle.begins(text, value));
        assertFalse(left.isEmpty(), text);
        assertTrue(recogniser.stepper().results(set).length > 0, text);
        return bytes;
    }
}
