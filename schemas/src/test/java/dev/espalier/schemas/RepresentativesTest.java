// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TextView;
import dev.espalier.core.Limits;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands for a state ({@code State.within}), with bytes that are read alike, reads every text of the horizon as the state itself does. */
@org.jspecify.annotations.NullUnmarked
class RepresentativesTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261122);
    private static final int ROUNDS = Integer.getInteger("espalier.schemas.horizons", 6);
    private static final SchemaOptions OPTIONS = SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END);
    private static final String ALPHABET = "aabb\"\"\",,,: []{}1-\\\n";
    private static final String TEXTS = "{\"type\":\"array\",\"uniqueItems\":true,\"items\":";
    private static final String OBJECT = "{\"type\":\"object\",\"properties\":";
    private static final String PATTERNS = "{\"type\":\"object\",\"patternProperties\":";
    private static final Pattern ENDED_KEY =
            Pattern.compile("[,{][ \\t\\r\\n]*\"(?:[^\"\\\\]|\\\\.)*\"[ \\t\\r\\n]*(?::.*)?$", Pattern.DOTALL);
    private static final List<String> SCHEMAS = List.of(
            TEXTS + "{\"type\":\"string\"}}",
            TEXTS + "{\"type\":\"string\",\"pattern\":\"^[ab]*$\"}}",
            TEXTS + "{\"type\":\"string\",\"pattern\":\"^(a*|b)$\"}}",
            TEXTS + "{\"type\":\"string\"},\"minItems\":2,\"maxItems\":5}",
            TEXTS + "{\"type\":\"string\"},\"prefixItems\":[{\"enum\":[\"a\",\"ab\"]},{\"type\":\"string\"}]}",
            TEXTS + "{\"type\":\"string\",\"maxLength\":4}}",
            TEXTS + "{\"type\":\"string\",\"minLength\":2}}",
            TEXTS + "{\"type\":\"string\",\"minLength\":2,\"pattern\":\"^(a|[ab]{2,}|b{0,3})$\"}}",
            TEXTS + "{\"anyOf\":[{\"type\":\"string\",\"minLength\":3},{\"enum\":[\"a\",\"ab\"]}]}}",
            TEXTS + "{\"type\":[\"string\",\"integer\"]}}",
            TEXTS + "{\"enum\":[\"a\",\"ab\",\"b\",\"abb\"]},\"minItems\":2}",
            TEXTS + "{\"type\":\"string\"},\"contains\":{\"enum\":[\"a\",\"aa\"]}}",
            TEXTS + TEXTS + "{\"type\":\"string\"}}}",
            TEXTS + TEXTS + "{\"enum\":[\"a\",1]}}}",
            TEXTS + "{\"type\":\"object\",\"properties\":{\"a\":" + TEXTS
                    + "{\"enum\":[\"a\",1]}}},\"required\":[\"a\"],\"additionalProperties\":false}}",
            TEXTS + "{\"type\":\"object\",\"properties\":{\"a\":" + TEXTS
                    + "{\"type\":\"string\"}}},\"required\":[\"a\"],\"additionalProperties\":false}}",
            TEXTS + "{\"anyOf\":[{\"type\":\"string\",\"minLength\":1},{\"enum\":[\"a\",\"ab\"]}]}}",
            TEXTS + "{\"anyOf\":[{\"type\":\"string\",\"minLength\":2},{\"enum\":[\"a\",\"ab\",\"\"]}]}}",
            TEXTS + "{\"type\":\"object\"}}",
            TEXTS + "{\"type\":\"object\"},\"minItems\":3}",
            TEXTS + "{\"type\":[\"object\",\"string\"]}}",
            TEXTS + "{\"type\":[\"array\",\"string\"],\"items\":{\"type\":[\"array\",\"string\"]}}}",
            TEXTS + "{\"type\":[\"string\",\"array\"],\"items\":{\"type\":\"string\"}}}",
            TEXTS + "{\"type\":[\"string\",\"null\"]}}",
            TEXTS + "{\"type\":[\"string\",\"integer\"]}}",
            TEXTS + "{\"type\":[\"string\",\"integer\"],\"minimum\":-1}}",
            TEXTS + "{\"pattern\":\"^a[^b]*$\"}}",
            TEXTS
                    + "{\"type\":[\"object\",\"integer\"],\"properties\":{\"a\":{\"type\":\"integer\"}},\"maxProperties\":2}}",
            TEXTS + "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"enum\":[1,11,\"a\"]}},"
                    + "\"additionalProperties\":false}}",
            TEXTS + "{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[1,11]},\"b\":{\"enum\":[1,\"a\"]}},"
                    + "\"additionalProperties\":false}}",
            TEXTS + "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"],"
                    + "\"additionalProperties\":false}}",
            "{\"type\":\"string\",\"pattern\":\"^[ab]{1,40}$\"}",
            "{\"type\":\"string\",\"anyOf\":[{\"pattern\":\"^a{1,30}$\"},{\"pattern\":\"^[ab]{20,}b$\"}],\"maxLength\":99}",
            "{\"type\":\"string\",\"format\":\"hostname\"}",
            TEXTS + "{\"type\":\"string\",\"format\":\"hostname\"}}",
            "{\"type\":\"string\",\"format\":\"regex\"}",
            "{\"type\":\"string\",\"format\":\"regex\",\"maxLength\":9}",
            "{\"type\":\"object\",\"propertyNames\":{\"format\":\"regex\"},\"properties\":{\"ab\":{\"type\":\"string\"}}}",
            "{\"type\":\"string\",\"pattern\":\"^([ab,]{2} ){0,20}[ab]$\"}",
            "{\"type\":\"string\",\"pattern\":\"^a[ab:]*$\",\"maxLength\":25}",
            TEXTS + "{\"type\":\"string\",\"pattern\":\"^[ab]{3,30}$\"}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"not\":{\"uniqueItems\":true}}",
            "{\"type\":\"object\",\"properties\":{\"a\":{},\"ab\":{\"type\":\"string\"}}}",
            OBJECT
                    + "{\"a\":{\"type\":\"string\"},\"bb\":{\"type\":\"integer\"},\"aab\":{\"enum\":[1,\"a\"]}},\"required\":[\"a\"]}",
            OBJECT
                    + "{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"},\"aab\":{\"enum\":[1,\"a\"]}},\"required\":[\"b\"],"
                    + "\"additionalProperties\":false}",
            OBJECT + "{\"a\":" + OBJECT + "{\"a\":{\"type\":\"string\"}}},\"b\":" + OBJECT
                    + "{\"a\":{\"type\":\"string\"}," + "\"b\":{\"type\":\"null\"}}}}}",
            OBJECT + "{\"a\":" + OBJECT
                    + "{\"b\":{\"type\":\"string\"}},\"required\":[\"b\"],\"additionalProperties\":false},"
                    + "\"ba\":{\"type\":\"string\"}},\"maxProperties\":2}",
            OBJECT
                    + "{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}},\"minProperties\":2,\"maxProperties\":3}",
            OBJECT + "{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}},\"dependentRequired\":{\"a\":[\"b\"]}}",
            OBJECT
                    + "{\"a\":{\"type\":[\"string\",\"object\"]},\"-\":{}},\"additionalProperties\":{\"type\":\"integer\"}}",
            OBJECT
                    + "{\"a\":{\"type\":\"string\"}},\"patternProperties\":{\"^b\":{\"type\":\"string\"}},\"additionalProperties\":false}",
            OBJECT + "{\"a\":{\"const\":1},\"\\u00e9\":{\"type\":\"string\"},\"a\\\"b\":{\"type\":\"string\"}}}",
            OBJECT + "{\"a\":{\"const\":1},\"\":{\"type\":\"string\"}},\"propertyNames\":{\"maxLength\":3}}",
            "{\"anyOf\":[" + OBJECT + "{\"a\":{\"const\":1}},\"required\":[\"a\"]}," + OBJECT
                    + "{\"a\":{\"const\":\"a\"},\"b\":{\"type\":\"string\"}},\"required\":[\"a\",\"b\"]}]}",
            "{\"type\":\"object\",\"patternProperties\":{\"^a\":{\"type\":\"string\"}}}",
            "{\"type\":\"object\",\"patternProperties\":{\"^(a[ab]*|b|-)$\":{\"type\":\"string\"}},\"additionalProperties\":false}",
            "{\"type\":\"object\",\"patternProperties\":{\"^(a|b|ab)$\":{\"enum\":[1,\"a\"]}},\"additionalProperties\":{\"type\":\"null\"},"
                    + "\"minProperties\":2}",
            PATTERNS
                    + "{\"^[ab]{2}[^ab]$\":{\"type\":\"string\"},\"^(a|b[ab]*)$\":{\"type\":\"string\"}},\"additionalProperties\":false}",
            PATTERNS
                    + "{\"^[^:]$\":{\"type\":\"string\"},\"^b[ab]*$\":{\"enum\":[1,\"a\"]}},\"additionalProperties\":false}",
            PATTERNS + "{\"^[ab][^ab]{0,2}$\":{\"type\":\"string\"},\"^[^ab][ab]*$\":{\"type\":\"string\"}},"
                    + "\"additionalProperties\":false,\"maxProperties\":3}");

    private final Stepper stepper = new Stepper(Limits.DEFAULT);
    private int represented;
    private int keyed;
    private int led;
    private int sharedByOthers;
    /** The first state met of each key of a schema, and of each that states of several schemas may have, for one vocabulary. */
    private final Map<Object, State> ofGrammar = new HashMap<>();

    private final Map<Object, State> ofAll = new HashMap<>();

    private static List<byte[]> vocabulary(Random random) {
        List<byte[]> tokens = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            StringBuilder token = new StringBuilder();
            for (int length = 1 + random.nextInt(9); length > 0; length--) {
                token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            tokens.add(token.toString().getBytes(StandardCharsets.UTF_8));
        }
        for (String text : List.of(
                "\",\"",
                "\",\"\",",
                "\",\"a",
                "\"]",
                "\",\"ab\",\"",
                ",\"",
                "a\",\"a\"",
                "},{",
                "},{\"",
                "1},{\"a",
                "}, {\"b",
                ",{",
                "{\"a\":",
                "\"b\":\"",
                "xn--",
                ".xn--4dbrk0ce",
                "rk0ce.1")) {
            if (random.nextBoolean()) {
                tokens.add(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        for (String text : List.of(
                "},{}",
                "},{\"a\":",
                "],[\"",
                "\",null",
                "},1",
                "\",[",
                "\"],[\"a",
                "},\"\",{}",
                "],\"a\",[]",
                ",\"\",{\"a\":1}")) {
            if (random.nextInt(8) == 0) {
                tokens.add(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (random.nextBoolean()) {
            tokens.removeIf(token ->
                    ENDED_KEY.matcher(new String(token, StandardCharsets.UTF_8)).find());
        }
        return tokens;
    }

    private void compare(StackSet set, TextHorizon horizon, String where) {
        StackSet near = stepper.within(set, horizon);
        represented += near.equals(set) ? 0 : 1;
        compare(set, near, horizon, where);
        if (near.size() == 1) {
            State state = near.top(0);
            Object key = state.key(horizon);
            assertEquals(key, state.key(horizon));
            keyed += compareToFirst(state, ofGrammar.putIfAbsent(key, state), horizon, where + ", of another key");
            Object shared = state.sharedKey(horizon);
            State first = shared == null ? null : ofAll.putIfAbsent(shared, state);
            sharedByOthers += compareToFirst(state, first, horizon, where + ", of another schema");
        }
    }

    /** Compares a state with the first one met of its key; how many states that are. */
    private int compareToFirst(State state, State first, TextHorizon horizon, String where) {
        if (first == null || first.equals(state)) {
            return 0;
        }
        compare(StackSet.of(state), StackSet.of(first), horizon, where);
        return 1;
    }

    private void compare(StackSet set, StackSet near, TextHorizon horizon, String where) {
        compareCharacters(near, horizon, where);
        for (byte[] token : horizon.tokens()) {
            compare(set, near, token, horizon, where);
        }
    }

    /** A text that is dead in the end may be read further by what stands for a state. */
    private void compare(StackSet set, StackSet near, byte[] token, TextHorizon horizon, String where) {
        StackSet exact = set;
        StackSet other = near;
        for (int i = 0; i < token.length && !(exact.isEmpty() && other.isEmpty()); i++) {
            exact = stepper.step(exact, token[i] & 0xFF);
            other = stepper.within(stepper.step(other, like(other, token[i] & 0xFF, horizon)), horizon);
            String at = where + ", byte " + i + " of " + new String(token, StandardCharsets.UTF_8);
            assertEquals(Arrays.toString(stepper.results(exact)), Arrays.toString(stepper.results(other)), at);
        }
        String at = where + ", " + new String(token, StandardCharsets.UTF_8);
        assertEquals(exact.isEmpty(), other.isEmpty(), at);
    }

    /** Where whole characters are said to lead, they do. */
    private void compareCharacters(StackSet near, TextHorizon horizon, String where) {
        TextView view =
                near.size() == 1 && near.below(0).size() == 0 ? near.top(0).textView() : null;
        if (view == null) {
            return;
        }
        int[] next = {0x20};
        boolean isKnown = view.characters((first, last, state) -> {
            for (int c : new int[] {first, last}) {
                StackSet after = readCharacter(near, c, horizon);
                boolean isAsked = c >= 0x20 && c != '"' && c != '\\' && (c < 0xd800 || c > 0xdfff);
                assertTrue(
                        !isAsked || after.equals(stepper.within(StackSet.of(state), horizon)),
                        () -> where + ", character " + c);
            }
            for (int c : new int[] {next[0], first - 1}) {
                boolean isAsked = c >= next[0] && c < first && c != '"' && c != '\\' && (c < 0xd800 || c > 0xdfff);
                assertTrue(
                        !isAsked || readCharacter(near, c, horizon).isEmpty(), () -> where + ", dead character " + c);
            }
            next[0] = Math.max(next[0], last + 1);
        });
        led += isKnown ? 1 : 0;
    }

    private StackSet readCharacter(StackSet from, int codePoint, TextHorizon horizon) {
        StackSet set = from;
        for (byte symbol : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            set = stepper.within(stepper.step(set, symbol & 0xFF), horizon);
        }
        return set;
    }

    /** What walks read instead of a byte ({@code ByteView.like}). */
    private static int like(StackSet set, int symbol, Horizon horizon) {
        boolean isAsked = set.size() == 1 && set.top(0).results().length == 0;
        ByteView view = isAsked ? set.top(0).byteView() : null;
        return view == null ? symbol : view.like(symbol, horizon);
    }

    private void walk(StackSet start, TextHorizon horizon, Random random, String where) {
        StackSet set = start;
        StringBuilder read = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            compare(set, horizon, where + " after " + read);
            List<Character> live = new ArrayList<>();
            for (char c : ALPHABET.toCharArray()) {
                if (!stepper.step(set, c).isEmpty()) {
                    live.add(c);
                }
            }
            if (live.isEmpty()) {
                return;
            }
            char next = live.get(random.nextInt(live.size()));
            set = stepper.step(set, next);
            read.append(next);
        }
    }

    @Test
    void anItemBehindAStringInTheSameTokenIsComparedToo() {
        check(TEXTS + "{\"type\":[\"object\",\"string\"]}}", "[{},{\"b\":1", "},\"\",{}");
        check(TEXTS + "{\"type\":[\"object\",\"string\"]}}", "[{\"a\":1},{\"b\":1}", ",\"\",{\"a\":1}");
        check(TEXTS + "{\"type\":[\"array\",\"string\"],\"items\":{\"type\":\"string\"}}}", "[[],[\"a\"", "],\"\",[]");
    }

    @Test
    void whichNamesAreLeftCountsWhereATextBeginsOne() {
        String strings = OBJECT + "{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}}";
        checkAll(
                ",\"a",
                strings + ",\"additionalProperties\":false}",
                "{\"a\":\"\" ",
                "{\"b\":\"\" ",
                "{\"b\":\"\",\"a\":\"\" ");
        String schema = OBJECT + "{\"a\":" + strings + ",\"additionalProperties\":false},\"b\":" + strings + "}}}";
        checkAll(
                ",\"q",
                schema,
                "{\"a\":{\"a\":\"\" ",
                "{\"b\":{\"a\":\"\" ",
                "{\"a\":{\"b\":\"\" ",
                "{\"b\":{\"q\":\"\" ");
    }

    @Test
    void whetherAnObjectMayBeEmptyCountsInOtherSchemas() {
        TextHorizon horizon = TextHorizon.of("\":{}");
        for (int least : new int[] {0, 1, 0, 1}) {
            String value = "{\"type\":\"object\",\"maxProperties\":9,\"minProperties\":" + least + "}";
            String schema = OBJECT + "{\"a\":" + value + "},\"additionalProperties\":" + value + "}";
            StackSet start = start(schema);
            for (String read : List.of("{\"", "{\"a", "{\"b")) {
                compare(read(start, read), horizon, schema + " after " + read);
            }
        }
        assertTrue(sharedByOthers > 3, "only " + sharedByOthers);
    }

    @Test
    void keysThatRunOutAreKeptForTheNextKey() {
        String schema = PATTERNS + "{\"^a[a-r]$\":{\"type\":\"integer\"},\"^b[a-z]*$\":{\"type\":\"integer\"}},"
                + "\"additionalProperties\":false}";
        String few = PATTERNS + "{\"^a[a-r]$\":{\"type\":\"integer\"}},\"additionalProperties\":false}";
        StringBuilder used = new StringBuilder("{");
        for (char c = 'a'; c <= 'r'; c++) {
            used.append("\"a").append(c).append("\":1,");
            for (String next : c < 'r' ? List.of("\"ar", "\"b", "\"ba") : List.of("\"b", "\"ba")) {
                for (String end : List.of("", "\"", "\":")) {
                    checkAll("\":1,\"a", schema, used + next + end);
                    checkAll(":1,\"a", schema, used + next + end);
                    checkAll("1,\"ar", schema, used + next + end);
                }
            }
            if (c < 'r') {
                checkAll("\":1,\"a", few, used + "\"ar");
                checkAll(":1,\"a", few, used + "\"ar\"");
            }
        }
    }

    @Test
    void theWhiteSpaceOfADepthIsThatOfNoOther() {
        TextHorizon horizon = TextHorizon.of("\n    ", "\n      ");
        String schema = OBJECT + "{\"a\":" + OBJECT + "{\"a\":{\"type\":\"integer\"}}}}}";
        StackSet start = StackSet.of(new SchemaCompiler()
                .compile(schema, OPTIONS.withWhiteSpace(WhiteSpace.pretty(2)).withMemberOrder(MemberOrder.ANY))
                .automaton()
                .start());
        for (String read : List.of("{\n  \"b\": 1,", "{\n  \"a\": {\n    \"b\": 1,")) {
            for (String blanks : List.of("", "\n", "\n ", "\n  ", "\n   ")) {
                compare(read(start, read + blanks), horizon, schema + " after " + read + blanks);
            }
        }
    }

    private static StackSet start(String schema) {
        return StackSet.of(new SchemaCompiler()
                .compile(schema, OPTIONS.withWhiteSpace(WhiteSpace.ANY).withMemberOrder(MemberOrder.ANY))
                .automaton()
                .start());
    }

    /** Compares what stands for some states of one schema. */
    private void checkAll(String token, String schema, String... texts) {
        StackSet start = start(schema);
        TextHorizon horizon = TextHorizon.of(token);
        for (String text : texts) {
            compare(read(start, text), horizon, schema + " after " + text);
        }
    }

    private StackSet read(StackSet start, String text) {
        StackSet set = start;
        for (byte symbol : text.getBytes(StandardCharsets.UTF_8)) {
            set = stepper.step(set, symbol & 0xFF);
        }
        return set;
    }

    private void check(String schema, String read, String token) {
        checkAll(token, schema, read);
    }

    @Test
    void noTextOfTheHorizonTellsARepresentativeFromItsState() {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            TextHorizon horizon = TextHorizon.of(vocabulary(random));
            ofAll.clear();
            WhiteSpace blanks = round % 3 == 2 ? WhiteSpace.pretty(random.nextInt(3)) : OPTIONS.whiteSpace();
            for (String schema : SCHEMAS) {
                StackSet start = StackSet.of(new SchemaCompiler()
                        .compile(schema, OPTIONS.withWhiteSpace(blanks))
                        .automaton()
                        .start());
                ofGrammar.clear();
                for (int i = 0; i < 3; i++) {
                    walk(start, horizon, random, "seed " + (SEED + round) + ", schema " + schema);
                }
            }
        }
        System.out.println("representatives: " + represented + " of other states, " + keyed + " keyed alike, "
                + sharedByOthers + " of other schemas, seed " + SEED);
        assertTrue(sharedByOthers > 100, "only " + sharedByOthers + " states were like those of other schemas");
        assertTrue(keyed > 100, "only " + keyed + " states had keys of others");
        assertTrue(led > 100, "only " + led + " states said where characters lead");
        assertTrue(represented > 100, "only " + represented + " states were represented by others");
    }
}
