// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told of random texts of random schemas, against Jackson's tree of the whole text and against all texts that can still come. */
class StreamedValuesTest implements CountedTrials {

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Pattern LARGE = Pattern.compile("[eE][-+]?\\d{6}");

    private int texts;
    private int known;
    private int absent;

    @Override
    public void afterTrials() {
        assertTrue(texts > 60, texts + " texts");
        assertTrue(known == 0 || known > 200, known + " forced values");
        assertTrue(absent == 0 || absent > 200, absent + " absent members");
    }

    private static SchemaOptions layout(Random random) {
        return SchemaOptions.DEFAULT
                .withWhiteSpace(random.nextBoolean() ? WhiteSpace.COMPACT : new WhiteSpace(2))
                .withMemberOrder(any(random, MemberOrder.values()))
                .withSpelling(any(random, Spelling.values()))
                .withNumberSpelling(any(random, NumberSpelling.values()));
    }

    private static <T> T any(Random random, T[] some) {
        return some[random.nextInt(some.length)];
    }

    @RandomTrials(100)
    void eventsAndSnapshotsAreThoseOfTheWholeTextHoweverItIsCut(Random random) {
        String schema = random.nextInt(6) == 0 ? "{}" : StreamedTexts.schema(random, 3);
        CompiledGrammar grammar;
        try {
            grammar = StreamedTexts.compile(schema, layout(random));
        } catch (UnsatisfiableException none) {
            return;
        }
        byte[] text = StreamedTexts.text(grammar, random, 20 + random.nextInt(150));
        if (LARGE.matcher(new String(text, StandardCharsets.UTF_8)).find()) {
            return; // a number that Jackson has no type for
        }
        texts++;
        List<ValueEvent> whole = StreamedTexts.events(grammar, text, Math.max(1, text.length));
        int[] pieces = random.ints(5, 1, 9).toArray();
        assertEquals(
                StreamedTexts.lines(whole), StreamedTexts.lines(StreamedTexts.events(grammar, text, pieces)), schema);
        assertEquals(StreamedTexts.lines(whole), StreamedTexts.lines(StreamedTexts.events(grammar, text, 1)), schema);
        JsonNode tree = JACKSON.readTree(text);
        List<String> expected = new ArrayList<>();
        walk(tree, "", expected);
        assertEquals(expected, structure(whole), schema);
        compareSnapshots(grammar, text, tree, pieces, schema);
    }

    /** Begins and ends, the latter with what Jackson makes of them. */
    private static void walk(JsonNode node, String pointer, List<String> lines) {
        lines.add("begin " + pointer);
        if (node.isObject()) {
            node.propertyStream()
                    .forEach(member -> walk(
                            member.getValue(),
                            pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1"),
                            lines));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(node.get(i), pointer + "/" + i, lines);
        }
        lines.add("end " + pointer + " " + (node.isString() ? node.stringValue() + " " : "") + node);
    }

    private static List<String> structure(List<ValueEvent> events) {
        List<String> lines = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (ValueEvent event : events) {
            if (event instanceof ValueEvent.Begin begin) {
                lines.add("begin " + begin.path());
                text.setLength(0);
            } else if (event instanceof ValueEvent.Text more) {
                assertTrue(!more.delta().isEmpty() && isWhole(more.delta()), more.toString());
                text.append(more.delta());
            } else if (event instanceof ValueEvent.End end) {
                boolean isString = end.value().kind().orElseThrow() == ValueKind.STRING;
                lines.add("end " + end.path() + " " + (isString ? text + " " : "")
                        + JACKSON.readTree(end.value().json()));
            }
        }
        return lines;
    }

    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** States go on only; known values, texts and absences agree with the whole. */
    private static void compareSnapshots(
            CompiledGrammar grammar, byte[] text, JsonNode tree, int[] pieces, String schema) {
        ValueTracker tracker = ValueTracker.of(grammar, ValueListener.NONE, new Cancellation());
        TreeSet<String> pointers = new TreeSet<>(List.of("/a", "/b", "/c", "/zz", "/0", "/1/a", "/a/b", "/9"));
        pointers(tree, "", pointers);
        Map<String, ValueState> states = new HashMap<>();
        int at = 0;
        for (int i = 0; at <= text.length; i++) {
            int end = Math.min(text.length, at + pieces[i % pieces.length]);
            tracker.accept(Arrays.copyOfRange(text, at, end));
            if (end == text.length) {
                tracker.finish();
            }
            PartialValue now = tracker.snapshot();
            for (String pointer : pointers) {
                compare(
                        now.get(pointer),
                        tree.at(pointer),
                        states.put(pointer, now.get(pointer).state()),
                        schema + " " + pointer);
            }
            at = end == text.length ? end + 1 : end;
        }
        assertEquals(JACKSON.readTree(text), JACKSON.readTree(tracker.snapshot().json()));
        for (String pointer : pointers) {
            ValueState last = tree.at(pointer).isMissingNode() ? ValueState.ABSENT : ValueState.COMPLETE;
            assertEquals(last, states.get(pointer), schema + " " + pointer);
        }
    }

    private static void compare(PartialValue value, JsonNode whole, ValueState before, String what) {
        ValueState state = value.state();
        assertTrue(before == null || before.compareTo(state) <= 0, what + " was " + before + " and is " + state);
        assertTrue(before != ValueState.COMPLETE || state == before, what + " was " + before + " and is " + state);
        assertTrue(state != ValueState.ABSENT || whole.isMissingNode(), what + " is there");
        assertTrue(whole.asString("").startsWith(value.text()), what + ": " + value.text());
        if (value.isKnown()) {
            assertEquals(whole, JACKSON.readTree(value.json()), what);
        }
    }

    private static void pointers(JsonNode node, String pointer, TreeSet<String> all) {
        all.add(pointer);
        if (node.isObject()) {
            node.propertyStream()
                    .forEach(member -> pointers(
                            member.getValue(),
                            pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1"),
                            all));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            pointers(node.get(i), pointer + "/" + i, all);
        }
    }

    @RandomTrials(200)
    void whatIsForcedOrAbsentIsSoInAllTextsThatCanStillCome(Random random) {
        String schema = finite(random, 1 + random.nextInt(2));
        CompiledGrammar grammar;
        try {
            grammar = StreamedTexts.compile(
                    schema,
                    SchemaOptions.DEFAULT
                            .withMemberOrder(any(random, MemberOrder.values()))
                            .withSpelling(Spelling.SHORTEST));
        } catch (UnsatisfiableException none) {
            return;
        }
        List<byte[]> all = StreamedTexts.all(grammar, 600, 120);
        texts += all.size();
        TreeSet<String> pointers = new TreeSet<>();
        List<JsonNode> trees = all.stream().map(JACKSON::readTree).toList();
        trees.forEach(tree -> pointers(tree, "", pointers));
        for (int i = 0; i < Math.min(all.size(), 25); i++) {
            byte[] text = all.get(random.nextInt(all.size()));
            int length = random.nextInt(text.length + 1);
            byte[] prefix = Arrays.copyOf(text, length);
            ValueTracker tracker = ValueTracker.of(grammar, ValueListener.NONE, new Cancellation());
            tracker.accept(prefix);
            List<JsonNode> left = new ArrayList<>();
            for (int j = 0; j < all.size(); j++) {
                if (Arrays.equals(all.get(j), 0, Math.min(length, all.get(j).length), prefix, 0, length)) {
                    left.add(trees.get(j));
                }
            }
            check(tracker.snapshot(), left, pointers, schema + " after " + new String(prefix, StandardCharsets.UTF_8));
        }
    }

    private void check(PartialValue now, List<JsonNode> left, TreeSet<String> pointers, String what) {
        for (String pointer : pointers) {
            PartialValue value = now.get(pointer);
            if (value.isKnown()) {
                JsonNode only = JACKSON.readTree(value.json());
                left.forEach(tree -> assertEquals(only, tree.at(pointer), what + " at " + pointer));
                known += value.state() == ValueState.FORCED ? 1 : 0;
            } else if (value.state() == ValueState.ABSENT) {
                left.forEach(tree -> assertTrue(tree.at(pointer).isMissingNode(), what + " at " + pointer));
                absent++;
            }
        }
    }

    /** A schema of finitely many values: constants, enums, unions and objects of these. */
    private static String finite(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> "{\"const\":\"" + "ab".substring(random.nextInt(2)) + "\"}";
            case 1 -> "{\"enum\":[\"one\",\"only\",\"two\",null]}";
            case 2 -> "{\"enum\":[\"a\",\"ab\",true]}";
            case 3 -> "{\"type\":\"boolean\"}";
            case 4 ->
                "{\"type\":\"array\",\"prefixItems\":[" + finite(random, depth - 1) + "," + finite(random, 0)
                        + "],\"items\":false,\"minItems\":" + random.nextInt(3) + "}";
            case 5 ->
                "{\"anyOf\":[" + object(random, depth - 1, "\"x\"") + "," + object(random, depth - 1, "\"y\"") + "]}";
            default -> object(random, depth - 1, "");
        };
    }

    private static String object(Random random, int depth, String kind) {
        List<String> members = new ArrayList<>();
        List<String> required = new ArrayList<>();
        boolean isLast = random.nextBoolean();
        if (!kind.isEmpty() && !isLast) {
            members.add("\"kind\":{\"const\":" + kind + "}");
        }
        for (String name : List.of("a", "ab", "c")) {
            if (random.nextInt(3) > 0) {
                members.add("\"" + name + "\":" + finite(random, depth < 0 ? 0 : depth));
                if (random.nextInt(3) == 0) {
                    required.add("\"" + name + "\"");
                }
            }
        }
        if (!kind.isEmpty() && isLast) {
            members.add("\"kind\":{\"const\":" + kind + "}");
        }
        if (!kind.isEmpty() && random.nextInt(4) > 0) {
            required.add("\"kind\"");
        }
        return "{\"type\":\"object\",\"properties\":{" + String.join(",", members) + "},\"required\":["
                + String.join(",", required) + "],\"additionalProperties\":false"
                + (random.nextInt(3) == 0 ? ",\"maxProperties\":1" : "") + "}";
    }
}
