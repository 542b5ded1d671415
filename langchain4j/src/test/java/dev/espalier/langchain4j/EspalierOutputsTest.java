// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our own schemas, and outputs without any, in requests and AI services of LangChain4j. */
@Tag("integration")
class EspalierOutputsTest {

    enum Colour {
        RED,
        LIGHT_BLUE
    }

    sealed interface Payment permits Card, Cash {}

    record Card(@Pattern(regexp = "[0-9]{4}") String lastDigits) implements Payment {}

    record Cash() implements Payment {}

    record Order(
            @Pattern(regexp = "[A-Z]{2}-[0-9]{5}") String number,
            @Positive int pieces,
            LocalDate date,
            Optional<String> note,
            OptionalInt floor,
            Payment payment) {}

    private static final String WANTED =
            "{\"number\":\"HK-20718\",\"pieces\":3,\"date\":\"2026-02-28\",\"floor\":4,\"payment\":{\"type\":\"Card\",\"lastDigits\":\"0042\"}}";
    private static final Order ORDER =
            new Order("HK-20718", 3, LocalDate.of(2026, 2, 28), Optional.empty(), OptionalInt.of(4), new Card("0042"));

    interface Dates {

        LocalDate date(String about);

        LocalTime time(String about);

        LocalDateTime moment(String about);

        Date day(String about);

        int number(String about);

        Colour colour(String about);

        Map<String, Object> map(String about);

        String text(String about);
    }

    private static Dates service(Talk talk, Output<?> output) {
        return talk.service(Dates.class)
                .chatRequestTransformer(EspalierOutputs.answering(output))
                .build();
    }

    private static ChatRequest request(ResponseFormat format) {
        return ChatRequest.builder()
                .messages(UserMessage.from("Order HK-20718"))
                .responseFormat(format)
                .build();
    }

    @Test
    void aJavaTypeIsAResponseFormatAndItsValueIsReadBack() {
        Output<Order> orders = Output.of(Order.class);
        try (Talk talk = Talk.wanting(WANTED)) {
            String text = talk.model()
                    .chat(request(EspalierOutputs.responseFormat(orders)))
                    .aiMessage()
                    .text();
            assertEquals(WANTED, text);
            assertEquals(ORDER, orders.read(text));
        }
    }

    @Test
    void whatBreaksAPatternOrARangeIsNotWritten() {
        Output<Order> orders = Output.of(Order.class);
        String broken = WANTED.replace("HK-20718", "none").replace(":3", ":-3");
        try (Talk talk = Talk.wanting(broken)) {
            String text = talk.model()
                    .chat(request(EspalierOutputs.responseFormat(orders)))
                    .aiMessage()
                    .text();
            Order read = orders.read(text);
            assertTrue(read.number().matches("[A-Z]{2}-[0-9]{5}") && read.pieces() > 0, text);
        }
    }

    @Test
    void anOutputWithoutASchemaIsNoResponseFormat() {
        InvalidRequestException refusal =
                assertThrows(InvalidRequestException.class, () -> EspalierOutputs.responseFormat(Output.regex("a")));
        assertTrue(String.valueOf(refusal.getMessage()).contains("EspalierChatRequestParameters.output"));
    }

    @Test
    void aRegularExpressionIsAnOutputOfARequest() {
        try (Talk talk = Talk.wanting("HK-20718 is it.")) {
            ChatRequest request =
                    EspalierOutputs.answering(Output.regex("[A-Z]{2}-[0-9]{5}")).apply(request(ResponseFormat.TEXT));
            assertTrue(talk.model().chat(request).aiMessage().text().matches("[A-Z]{2}-[0-9]{5}"));
        }
    }

    @Test
    void anOutputBesideAResponseFormatIsRefused() {
        try (Talk talk = Talk.wanting("a")) {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("?"))
                    .parameters(EspalierChatRequestParameters.builder()
                            .responseFormat(ResponseFormat.builder()
                                    .type(ResponseFormatType.JSON)
                                    .build())
                            .output(Output.regex("a"))
                            .build())
                    .build();
            InvalidRequestException refusal = assertThrows(
                    InvalidRequestException.class, () -> talk.model().chat(request));
            assertTrue(String.valueOf(refusal.getMessage()).contains("responseFormat"));
        }
    }

    @Test
    void anOutputOfTheModelIsKeptUnlessARequestHasAnother() {
        EspalierChatRequestParameters usual = EspalierChatRequestParameters.builder()
                .output(Output.regex("a"))
                .build();
        EspalierChatRequestParameters other = EspalierChatRequestParameters.builder()
                .output(Output.regex("b"))
                .build();
        EspalierChatRequestParameters none =
                EspalierChatRequestParameters.builder().seed(1L).build();
        assertEquals(usual.output(), ((EspalierChatRequestParameters) usual.overrideWith(none)).output());
        assertEquals(other.output(), ((EspalierChatRequestParameters) usual.overrideWith(other)).output());
        assertEquals(usual.output(), ((EspalierChatRequestParameters) none.defaultedBy(usual)).output());
        assertFalse(usual.equals(other));
    }

    @Test
    void anOutputThatIsCutIsAnError() {
        try (Talk talk = Talk.wanting("aaaaaaaa")) {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("?"))
                    .parameters(EspalierChatRequestParameters.builder()
                            .maxOutputTokens(3)
                            .output(Output.regex("a{8}"))
                            .build())
                    .build();
            assertThrows(InvalidRequestException.class, () -> talk.model().chat(request));
        }
    }

    @Test
    void datesAndTimesAreWrittenAsTheServiceReadsThem() {
        try (Talk talk = Talk.wanting("2024-02-29")) {
            assertEquals(
                    LocalDate.of(2024, 2, 29),
                    service(talk, EspalierOutputs.returned(LocalDate.class)).date("?"));
            Date day = service(talk, EspalierOutputs.returned(Date.class)).day("?");
            assertEquals(
                    LocalDate.of(2024, 2, 29),
                    day.toInstant().atZone(ZoneId.systemDefault()).toLocalDate());
        }
        try (Talk talk = Talk.wanting("23:59:58")) {
            assertEquals(
                    LocalTime.of(23, 59, 58),
                    service(talk, EspalierOutputs.returned(LocalTime.class)).time("?"));
        }
        try (Talk talk = Talk.wanting("2024-02-29T23:59")) {
            assertEquals(
                    LocalDateTime.of(2024, 2, 29, 23, 59),
                    service(talk, EspalierOutputs.returned(LocalDateTime.class)).moment("?"));
        }
    }

    @Test
    void aDayThatTheCalendarDoesNotHaveIsNotWritten() {
        try (Talk talk = Talk.wanting("2023-02-29, I think")) {
            LocalDate date =
                    service(talk, EspalierOutputs.returned(LocalDate.class)).date("?");
            assertEquals(2023, date.getYear());
        }
    }

    @Test
    void numbersStayWithinTheirTypeAndConstantsWithinTheirEnum() {
        try (Talk talk = Talk.wanting("99999999999")) {
            assertTrue(service(talk, EspalierOutputs.returned(int.class)).number("?") > 0);
        }
        try (Talk talk = Talk.wanting("LIGHT_BLUE")) {
            assertEquals(
                    Colour.LIGHT_BLUE,
                    service(talk, EspalierOutputs.returned(Colour.class)).colour("?"));
        }
    }

    @Test
    void aMapIsWrittenByASchema() {
        Output<String> map = Output.jsonSchema(
                "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"},\"minProperties\":1}");
        try (Talk talk = Talk.wanting("{\"a\":1,\"b\":2}")) {
            assertEquals(Map.of("a", 1, "b", 2), service(talk, map).map("?"));
        }
    }

    @Test
    void optionalAndSealedMembersAreReadFromTheText() {
        Output<List<Order>> orders = Output.listOf(Order.class);
        try (Talk talk = Talk.wanting("[" + WANTED + "]")) {
            assertEquals(List.of(ORDER), orders.read(service(talk, orders).text("?")));
        }
    }
}
