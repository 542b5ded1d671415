// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.IncompleteException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueTrackerTest {

    private static final String ORDER =
            "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},\"note\":{\"type\":\"string\"},"
                    + "\"status\":{\"enum\":[\"open\",\"shipped\",\"shut\"]},\"total\":{\"type\":\"number\"}},\"required\":[\"id\",\"status\"],"
                    + "\"additionalProperties\":false}";

    private static CompiledGrammar any() {
        return StreamedTexts.compile("{}", SchemaOptions.CHECKING);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(String schema, String text) {
        return StreamedTexts.lines(
                StreamedTexts.events(StreamedTexts.compile(schema, SchemaOptions.DEFAULT), utf8(text), 1));
    }

    private static final SchemaOptions UNBOUNDED =
            SchemaOptions.DEFAULT.withSpelling(Spelling.ANY).withBounds(GenerationBounds.NONE);

    private static ValueTracker tracker(String schema, String text) {
        return tracker(schema, SchemaOptions.DEFAULT, text);
    }

    private static ValueTracker tracker(String schema, SchemaOptions options, String text) {
        ValueTracker tracker =
                ValueTracker.of(StreamedTexts.compile(schema, options), ValueListener.NONE, new Cancellation());
        tracker.accept(utf8(text));
        return tracker;
    }

    @Test
    void eventsOfAnOrderTellWhatIsForcedAndWhatDoesNotCome() {
        assertEquals(
                List.of(
                        "begin  OBJECT",
                        "begin /id NUMBER",
                        "end /id 12",
                        "absent /note",
                        "begin /status STRING",
                        "forced /status \"shut\"",
                        "end /status shut \"shut\"",
                        "absent /total",
                        "end  {\"id\":12,\"status\":\"shut\"}"),
                lines(ORDER, "{\"id\":12,\"status\":\"shut\"}"));
    }

    @Test
    void fieldsHaveFiveStates() {
        PartialValue order = tracker(ORDER, "{\"id\":12,\"status\":\"sh").snapshot();
        assertEquals(ValueState.PARTIAL, order.state());
        assertEquals(ValueState.COMPLETE, order.get("/id").state());
        assertEquals(12, order.get("/id").value());
        assertEquals(ValueState.ABSENT, order.get("/note").state());
        assertEquals(ValueState.PARTIAL, order.get("/status").state());
        assertEquals("sh", order.get("/status").text());
        assertThrows(IncompleteException.class, () -> order.get("/status").value());
        assertEquals(ValueState.PENDING, order.get("/total").state());
        assertEquals(Set.of("id", "status"), order.keys());
        PartialValue forced = tracker(ORDER, "{\"id\":12,\"status\":\"shi").snapshot();
        assertEquals(ValueState.FORCED, forced.get("/status").state());
        assertEquals("shipped", forced.get("/status").value());
        assertEquals(ValueState.PENDING, forced.get("/total").state());
    }

    @Test
    void whatIsForcedFromTheBeginningIsKnownBeforeAnythingIsWritten() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"kind\":{\"const\":\"card\"},\"digits\":{\"type\":\"integer\"}},"
                        + "\"required\":[\"kind\",\"digits\"],\"additionalProperties\":false}";
        PartialValue value = tracker(schema, "").snapshot();
        assertEquals(ValueState.FORCED, value.get("/kind").state());
        assertEquals("card", value.get("/kind").value());
        assertEquals(ValueState.PENDING, value.state());
        assertEquals(ValueState.PENDING, value.get("/digits").state());
    }

    @Test
    void aNumberIsNotKnownBeforeItsEndIs() {
        ValueTracker tracker = tracker("{\"type\":\"array\",\"items\":{\"type\":\"number\"}}", "[-0,12");
        assertEquals(ValueState.COMPLETE, tracker.snapshot().item(0).state());
        assertEquals("-0", tracker.snapshot().item(0).json());
        assertEquals(ValueState.PARTIAL, tracker.snapshot().item(1).state());
        assertEquals("", tracker.snapshot().item(1).text());
        tracker.accept(utf8("]"));
        assertEquals(12, tracker.snapshot().item(1).value());
        assertEquals(ValueState.ABSENT, tracker.snapshot().item(2).state());
        ValueTracker whole = tracker("{\"type\":\"number\"}", "1.5");
        assertEquals(ValueState.PARTIAL, whole.snapshot().state());
        whole.finish();
        assertEquals(new BigDecimal("1.5"), whole.snapshot().value());
    }

    @Test
    void numbersOfAnySizeAreReadAsTheyAreWritten() {
        String huge = "9".repeat(5_000);
        PartialValue value = tracker("{\"type\":\"array\"}", UNBOUNDED, "[" + huge + ",1.50,-0.0,12345678901]")
                .snapshot();
        assertEquals(
                List.of(new BigInteger(huge), new BigDecimal("1.50"), new BigDecimal("0.0"), 12345678901L),
                value.value());
    }

    @Test
    void aNumberPastAllNumbersOfJavaIsKnownAsText() {
        CompiledGrammar grammar = any();
        ValueTracker tracker = ValueTracker.of(grammar, ValueListener.NONE, new Cancellation());
        tracker.accept(utf8("[1e99999999999]"));
        assertEquals("1e99999999999", tracker.snapshot().item(0).json());
        assertThrows(InvalidInputException.class, () -> tracker.snapshot().value());
    }

    @Test
    void textIsCutAtCodePointsAndEscapesWaitForTheirEnd() {
        List<String> deltas = new ArrayList<>();
        for (ValueEvent event : StreamedTexts.events(any(), utf8("\"a\\ud83d\\ude04é\\n😄\\u00e9x\""), 1)) {
            if (event instanceof ValueEvent.Text text) {
                deltas.add(text.delta());
            }
        }
        assertEquals(List.of("a", "😄", "é", "\n", "😄", "é", "x"), deltas);
    }

    @Test
    void deepValuesAreFollowed() {
        int depth = 1_000;
        String text = "[".repeat(depth) + "7" + "]".repeat(depth);
        String pointer = "/0".repeat(depth);
        ValueTracker tracker = ValueTracker.of(any(), ValueListener.NONE, new Cancellation());
        tracker.accept(utf8(text.substring(0, depth + 1)));
        assertEquals(ValueState.PARTIAL, tracker.snapshot().get(pointer).state());
        tracker.accept(utf8("]"));
        assertEquals(7, tracker.snapshot().get(pointer).value());
        assertEquals(
                pointer, tracker.snapshot().get(pointer).place().orElseThrow().pointer());
    }

    @Test
    void aSnapshotDoesNotChange() {
        ValueTracker tracker = tracker("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", "[\"a\",\"b");
        PartialValue before = tracker.snapshot();
        tracker.accept(utf8("c\",\"d\"]"));
        assertEquals(ValueState.PARTIAL, before.item(1).state());
        assertEquals("b", before.item(1).text());
        assertEquals(2, before.size());
        assertEquals(ValueState.PENDING, before.item(2).state());
        assertEquals(List.of("a", "bc", "d"), tracker.snapshot().value());
    }

    @Test
    void withoutAnOrderMembersMayComeUntilTheObjectEnds() {
        CompiledGrammar grammar = StreamedTexts.compile(
                ORDER, SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY).withWhiteSpace(WhiteSpace.FLEXIBLE));
        ValueTracker tracker = ValueTracker.of(grammar, ValueListener.NONE, new Cancellation());
        tracker.accept(utf8("{ \"total\" : 1 , \"status\":\"open\""));
        assertEquals(ValueState.PENDING, tracker.snapshot().get("/note").state());
        tracker.accept(utf8(",\"id\":1}"));
        assertEquals(ValueState.ABSENT, tracker.snapshot().get("/note").state());
        assertEquals(
                Map.of("total", 1, "status", "open", "id", 1),
                tracker.snapshot().value());
    }

    @Test
    void theWholeValueMayWaitForTheEnd() {
        List<ValueEvent> events = new ArrayList<>();
        CompiledGrammar grammar = StreamedTexts.compile("{\"type\":\"array\"}", SchemaOptions.DEFAULT);
        ValueTracker tracker = ValueTracker.of(grammar, ValueEvent.to(events::add), new Cancellation(), true);
        tracker.accept(utf8("[1,2]"));
        assertEquals(ValueState.PARTIAL, tracker.snapshot().state());
        assertEquals(ValueState.COMPLETE, tracker.snapshot().get("/1").state());
        tracker.finish();
        assertEquals(ValueState.COMPLETE, tracker.snapshot().state());
        assertEquals("end  [1,2]", StreamedTexts.lines(events).get(5));
    }

    @Test
    void bytesThatTheSchemaDoesNotAllowAreRefused() {
        ValueTracker tracker = tracker(ORDER, "{");
        InvalidInputException forced = assertThrows(InvalidInputException.class, () -> tracker.accept(utf8("\"ix")));
        assertTrue(String.valueOf(forced.getMessage()).contains("byte 3"), forced.toString());
        ValueTracker free = tracker("{\"type\":\"integer\"}", "1");
        assertThrows(InvalidInputException.class, () -> free.accept(utf8("x")));
    }

    @Test
    void pointersAreThoseOfTheStandard() {
        PartialValue value =
                tracker("{\"type\":\"object\"}", "{\"a/b\":[{\"~\":1}]}").snapshot();
        assertEquals(1, value.get("/a~1b/0/~0").value());
        assertEquals("/a~1b/0/~0", value.get("/a~1b/0/~0").place().orElseThrow().pointer());
        assertEquals(ValueState.ABSENT, value.get("/a~1b/00").state());
        assertEquals(ValueState.ABSENT, value.get("/a~1b/0/~0/deeper").state());
        assertThrows(InvalidInputException.class, () -> value.get("a"));
        assertFalse(value.get("/none").isKnown());
    }

    @Test
    void aMegabyteTakesWorkInProportion() {
        CompiledGrammar grammar = StreamedTexts.compile(
                "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"n\":{\"type\":\"integer\"}},"
                        + "\"required\":[\"name\",\"n\"],\"additionalProperties\":false}}",
                UNBOUNDED);
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; text.length() < 1 << 20; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"item \\u00e9 ")
                    .append(i)
                    .append("\",\"n\":")
                    .append(i)
                    .append('}');
        }
        int[] counts = new int[2];
        ValueTracker tracker = ValueTracker.of(
                grammar,
                new ValueListener() {
                    @Override
                    public void end(ValuePath path, PartialValue value) {
                        counts[0]++;
                    }

                    @Override
                    public void text(ValuePath path, String delta) {
                        counts[1] += delta.length();
                    }
                },
                new Cancellation());
        byte[] bytes = utf8(text + "]");
        for (int at = 0; at < bytes.length; at += 5) {
            tracker.accept(java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 5)));
            tracker.snapshot();
        }
        assertTrue(tracker.work() <= 5L * bytes.length, tracker.work() + " steps for " + bytes.length + " bytes");
        PartialValue all = tracker.snapshot();
        assertEquals(3 * all.size() + 1, counts[0]);
        assertTrue(counts[1] > 100_000);
        assertEquals(all.size() - 1, all.get("/" + (all.size() - 1) + "/n").value());
    }
}
