// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.structured.Description;
import dev.langchain4j.service.Result;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Types that methods of an AI service return: LangChain4j makes the schema, the mask keeps it, LangChain4j reads the value. */
@Tag("integration")
class AiServiceTypesTest {

    enum Colour {
        RED,
        LIGHT_BLUE
    }

    record Place(String street, int number) {}

    record Person(
            @Description("the whole name") String name,
            Place home,
            Colour colour,
            List<Place> others,
            Set<Colour> liked) {}

    record Tree(String name, List<Tree> children) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    static final class Point {

        private int x;
        private Integer y = 0;
        private Boolean seen = false;
    }

    interface Service {

        String text(String about);

        AiMessage message(String about);

        Result<String> textResult(String about);

        Result<Place> placeResult(String about);

        Place place(String about);

        Person person(String about);

        Tree tree(String about);

        Point point(String about);

        Shape shape(String about);

        Colour colour(String about);

        boolean isTrue(String about);

        Boolean isTruth(String about);

        byte small(String about);

        short shorter(String about);

        int number(String about);

        Integer boxed(String about);

        long large(String about);

        float single(String about);

        double real(String about);

        BigInteger huge(String about);

        BigDecimal exact(String about);

        List<String> texts(String about);

        Set<String> textSet(String about);

        List<Place> places(String about);

        Set<Place> placeSet(String about);

        List<Colour> colours(String about);

        Set<Colour> colourSet(String about);

        Result<List<Colour>> colourResult(String about);
    }

    private static Arguments row(String name, String wanted, Object expected, Function<Service, Object> call) {
        return Arguments.of(name, wanted, expected, call);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                row("String", "It rains.", "It rains.", one -> one.text("?")),
                row("AiMessage", "It rains.", AiMessage.from("It rains."), one -> one.message("?")));
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                row("record", "{\"street\":\"Elm\",\"number\":7}", new Place("Elm", 7), one -> one.place("?")),
                row(
                        "Result of a record",
                        "{\"street\":\"Elm\",\"number\":-7}",
                        new Place("Elm", -7),
                        one -> one.placeResult("?").content()),
                row(
                        "nested record",
                        "{\"name\":\"Ada\",\"home\":{\"street\":\"Elm\",\"number\":7},\"colour\":\"RED\","
                                + "\"others\":[{\"street\":\"Oak\",\"number\":1}],\"liked\":[\"LIGHT_BLUE\"]}",
                        new Person(
                                "Ada",
                                new Place("Elm", 7),
                                Colour.RED,
                                List.of(new Place("Oak", 1)),
                                Set.of(Colour.LIGHT_BLUE)),
                        one -> one.person("?")),
                row(
                        "recursive record",
                        "{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}",
                        new Tree("a", List.of(new Tree("b", List.of()))),
                        one -> one.tree("?")));
    }

    static Stream<Arguments> scalars() {
        return Stream.of(
                row("enum", "{\"value\":\"LIGHT_BLUE\"}", Colour.LIGHT_BLUE, one -> one.colour("?")),
                row("boolean", "{\"value\":true}", true, one -> one.isTrue("?")),
                row("Boolean", "{\"value\":false}", false, one -> one.isTruth("?")),
                row("byte", "{\"value\":-7}", (byte) -7, one -> one.small("?")),
                row("short", "{\"value\":7}", (short) 7, one -> one.shorter("?")),
                row("int", "{\"value\":-42}", -42, one -> one.number("?")),
                row("Integer", "{\"value\":42}", 42, one -> one.boxed("?")),
                row("long", "{\"value\":9007199254740993}", 9007199254740993L, one -> one.large("?")),
                row("float", "{\"value\":0.5}", 0.5f, one -> one.single("?")),
                row("double", "{\"value\":2.75}", 2.75, one -> one.real("?")),
                row(
                        "BigInteger",
                        "{\"value\":123456789012345678901}",
                        new BigInteger("123456789012345678901"),
                        one -> one.huge("?")),
                row("BigDecimal", "{\"value\":19.5}", new BigDecimal("19.5"), one -> one.exact("?")));
    }

    static Stream<Arguments> collections() {
        String places = "{\"values\":[{\"street\":\"Elm\",\"number\":7},{\"street\":\"Oak\",\"number\":1}]}";
        return Stream.of(
                row("List<String>", "{\"values\":[\"a\",\"b\"]}", List.of("a", "b"), one -> one.texts("?")),
                row("Set<String>", "{\"values\":[\"a\",\"b\"]}", Set.of("a", "b"), one -> one.textSet("?")),
                row("List<record>", places, List.of(new Place("Elm", 7), new Place("Oak", 1)), one -> one.places("?")),
                row("Set<record>", places, Set.of(new Place("Elm", 7), new Place("Oak", 1)), one -> one.placeSet("?")),
                row(
                        "List<enum>",
                        "{\"values\":[\"RED\",\"RED\"]}",
                        List.of(Colour.RED, Colour.RED),
                        one -> one.colours("?")),
                row("Set<enum>", "{\"values\":[\"RED\"]}", Set.of(Colour.RED), one -> one.colourSet("?")),
                row(
                        "Result<List<enum>>",
                        "{\"values\":[]}",
                        List.of(),
                        one -> one.colourResult("?").content()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"texts", "objects", "scalars", "collections"})
    void whatTheModelWantsToSayIsTheValueOfTheMethod(
            String name, String wanted, Object expected, Function<Service, Object> call) {
        try (Talk talk = Talk.wanting(wanted)) {
            assertEquals(expected, call.apply(talk.service(Service.class).build()));
        }
    }

    /** All that is not text: a model that would rather chat still writes a value. */
    @ParameterizedTest(name = "{0}")
    @MethodSource({"objects", "scalars", "collections"})
    void aModelThatWouldRatherChatWritesAValueOfTheType(
            String name, String wanted, Object expected, Function<Service, Object> call) {
        try (Talk talk = Talk.wanting("Sure, here you are: " + wanted)) {
            Object value = call.apply(talk.service(Service.class).build());
            Class<?> type =
                    expected instanceof List ? List.class : expected instanceof Set ? Set.class : expected.getClass();
            assertTrue(type.isInstance(value), String.valueOf(value));
        }
    }

    @Test
    void aClassIsFilledByItsFields() {
        try (Talk talk = Talk.wanting("{\"x\":3,\"y\":4,\"seen\":true}")) {
            Point point = talk.service(Service.class).build().point("?");
            assertEquals(List.of(3, 4, true), List.of(point.x, point.y, point.seen));
        }
    }

    @Test
    void aSealedTypeIsOneOfItsRecords() {
        try (Talk talk = Talk.wanting("{\"value\":{\"type\":\"Square\",\"side\":2.5}}")) {
            assertEquals(new Square(2.5), talk.service(Service.class).build().shape("?"));
        }
    }

    @Test
    void aResultHasTheTokensAndTheFinish() {
        try (Talk talk = Talk.wanting("It rains.")) {
            Result<String> result = talk.service(Service.class).build().textResult("?");
            assertEquals("It rains.", result.content());
            assertEquals(FinishReason.STOP, result.finishReason());
            assertTrue(result.tokenUsage().inputTokenCount() > 0
                    && result.tokenUsage().outputTokenCount() > 0);
        }
    }
}
