// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.schemas.Recogniser;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpellingTest {

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{"
            + "\"na\\\"me\":{\"type\":\"string\",\"maxLength\":2},\"é\":{\"enum\":[\"a\\u0001b\",\"\\\\\\n/\"]},"
            + "\"free\":{\"type\":\"string\"}},"
            + "\"required\":[\"na\\\"me\",\"é\",\"free\"],\"additionalProperties\":false}";

    private static boolean accepts(SchemaOptions options, String text) {
        return Recogniser.of(SCHEMA, options).accepts(text);
    }

    private static String document(String key, String name, String other, String fixed, String free) {
        return "{\"" + key + "\":\"" + name + "\",\"" + other + "\":\"" + fixed + "\",\"free\":\"" + free + "\"}";
    }

    @Test
    void theShortestSpellingOfEveryCharacterIsAllowed() {
        for (String name :
                List.of("", "ab", "\\\"", "\\\\/", "\\n\\t", "\\b\\f", "\\r", "\\u0000", "\\u001f", "\\u000b", "é😀")) {
            for (String fixed : List.of("a\\u0001b", "\\\\\\n/")) {
                String text = document("na\\\"me", name, "é", fixed, "");
                assertTrue(accepts(SchemaOptions.DEFAULT, text), text);
                assertTrue(accepts(SchemaOptions.DEFAULT.withSpelling(Spelling.ANY), text), text);
            }
        }
    }

    @Test
    void otherSpellingsAreAllowedOnlyWhereTheyAreAskedFor() {
        List<String> others = List.of(
                document("n\\u0061\\\"me", "", "é", "\\\\\\n/", ""),
                document("na\\u0022me", "", "é", "\\\\\\n/", ""),
                document("na\\\"me", "\\u0041", "é", "\\\\\\n/", ""),
                document("na\\\"me", "\\/", "é", "\\\\\\n/", ""),
                document("na\\\"me", "\\u000a", "é", "\\\\\\n/", ""),
                document("na\\\"me", "\\u001F", "é", "\\\\\\n/", ""),
                document("na\\\"me", "", "\\u00e9", "\\\\\\n/", ""),
                document("na\\\"me", "", "é", "\\\\\\n\\/", ""),
                document("na\\\"me", "\\ud83d\\ude00", "é", "a\\u0001b", ""));
        for (String text : others) {
            assertFalse(accepts(SchemaOptions.DEFAULT, text), text);
            assertTrue(accepts(SchemaOptions.DEFAULT.withSpelling(Spelling.ANY), text), text);
        }
    }

    @Test
    void theOrderOfMembersDoesNotMatter() {
        SchemaOptions any = SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY);
        String text = document("n\\u0061\\\"me", "", "é", "\\\\\\n/", "");
        assertFalse(accepts(any, text));
        assertTrue(accepts(any.withSpelling(Spelling.ANY), text));
    }

    @Test
    void freeStringsAndKeysAreWrittenInTheirShortestSpelling() {
        for (String schema : List.of(
                "{}",
                "{\"type\":[\"string\",\"object\",\"array\"]}",
                "{\"not\":{\"const\":7}}",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{}},{\"type\":\"object\"}]}")) {
            for (String string : List.of("\\u0041", "\\/", "a\\u000A", "\\u001F", "\\ud83d\\ude00", "\\u00e9")) {
                for (String form :
                        List.of("\"%s\"", "[\"%s\"]", "{\"a\":\"%s\"}", "{\"%s\":1}", "{\"a\":{\"%s\":[]}}")) {
                    String text = String.format(form, string);
                    assertFalse(Recogniser.of(schema).accepts(text), text + " by " + schema);
                    SchemaOptions any = SchemaOptions.DEFAULT.withSpelling(Spelling.ANY);
                    assertTrue(Recogniser.of(schema, any).accepts(text), text + " by " + schema);
                }
            }
            for (String string : List.of("A", "/", "\\n", "\\u001f", "\\\\", "\\\"", "é😀", "\u007f")) {
                String text = "{\"" + string + "\":\"" + string + "\"}";
                assertTrue(Recogniser.of(schema).accepts(text), text + " by " + schema);
            }
        }
    }

    @Test
    void namesOfMembersAreForced() {
        Recogniser recogniser = Recogniser.of(SCHEMA);
        StackSet set = recogniser.after("{");
        StringBuilder forced = new StringBuilder("{");
        for (int only = only(recogniser, set); only >= 0; only = only(recogniser, set)) {
            forced.append((char) only);
            set = recogniser.stepper().step(set, only);
        }
        assertEquals("{\"na\\\"me\":\"", forced.toString());
    }

    private static int only(Recogniser recogniser, StackSet set) {
        int only = -1;
        for (int symbol = 0; symbol < 256; symbol++) {
            if (!recogniser.stepper().step(set, symbol).isEmpty()) {
                if (only >= 0) {
                    return -1;
                }
                only = symbol;
            }
        }
        return only;
    }

    @Test
    void noSpellingIsADeadEnd() {
        long seed = 20261120;
        Random random = new Random(seed);
        Recogniser recogniser = Recogniser.of(SCHEMA);
        for (int walk = 0; walk < 300; walk++) {
            StackSet set = recogniser.after("");
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 60 && recogniser.stepper().results(set).length == 0; i++) {
                int[] live = new int[256];
                int count = 0;
                for (int symbol = 0; symbol < 256; symbol++) {
                    // escapes are what is looked at, so they are taken often
                    int times = recogniser.stepper().step(set, symbol).isEmpty() ? 0 : 1;
                    if (times > 0) {
                        live[count++] = symbol;
                    }
                    if (times > 0 && symbol == '\\' && random.nextBoolean()) {
                        count = 0;
                        live[count++] = symbol;
                        break;
                    }
                }
                assertTrue(count > 0, "seed " + seed + ": dead end after " + text);
                int symbol = live[random.nextInt(count)];
                text.append((char) symbol);
                set = recogniser.stepper().step(set, symbol);
                int distance = recogniser.stepper().distance(set);
                assertTrue(distance < 200, "seed " + seed + ": distance " + distance + " after " + text);
            }
        }
    }
}
