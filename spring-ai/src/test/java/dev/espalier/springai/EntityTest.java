// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.converter.ListOutputConverter;
import org.springframework.ai.converter.MapOutputConverter;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.ParameterizedTypeReference;

/** {@code .entity} of Spring AI's client, over values of many types. */
@Tag("integration")
class EntityTest {

    record Invoice(String number, double total) {}

    record Page<T>(List<T> items, int pages) {}

    record Node(String name, List<Node> children) {}

    record Person(String name, Optional<String> nick) {}

    record Order(
            @Pattern(regexp = "[A-Z]{3}-[0-9]{2}") String code,
            @Min(1) @Max(9) int pieces,
            @Size(min = 2, max = 3) List<String> labels) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    enum Level {
        LOW,
        HIGH
    }

    /** What the model has read. */
    private volatile String read = "";

    private ChatClient client(String answer, boolean isNative) {
        EspalierChatModel model = Scripted.model(prompt -> {
            read = prompt;
            return answer;
        });
        ChatClient.Builder builder = ChatClient.builder(model);
        return isNative
                ? builder.defaultAdvisors(AdvisorParams.ENABLE_NATIVE_STRUCTURED_OUTPUT)
                        .build()
                : builder.build();
    }

    private <T> T converted(String answer, EspalierOutputConverter<T> converter) {
        T value = client(answer, true).prompt("Say it.").call().entity(converter);
        assertNotNull(value);
        return value;
    }

    private <T> T bean(String answer, ParameterizedTypeReference<T> type) {
        T value = client(answer, true).prompt("Say it.").call().entity(type);
        assertNotNull(value);
        return value;
    }

    @Test
    void nativeOutputKeepsThePromptCleanAndTheSchemaExactly() {
        ChatClient client = client("{\"number\":\"7\",\"total\":\"none\",\"more\":1}", true);
        Invoice invoice = client.prompt("Say it.").call().entity(Invoice.class);
        assertNotNull(invoice);
        assertEquals("7", invoice.number());
        assertFalse(read.contains("RFC8259"), read);
    }

    /** Clients that give no schema as an option: what they put into the prompt is the same to the model. */
    @Test
    void aSchemaInThePromptIsKeptAndLeftOut() {
        String chatty = "Sure! {\"number\":\"7\",\"total\":2.5}";
        client(chatty, true).prompt("Say it.").call().entity(Invoice.class);
        String expected = read;
        Invoice bean = client(chatty, false).prompt("Say it.").call().entity(Invoice.class);
        assertNotNull(bean);
        assertEquals(expected, read);
        List<Invoice> list = client(chatty, false)
                .prompt("Say it.")
                .call()
                .entity(new ParameterizedTypeReference<List<Invoice>>() {});
        assertNotNull(list);
        client(chatty, true).prompt("Say it.").call().entity(EspalierOutputConverter.of(Invoice.class));
        String ours = read;
        assertNotNull(client(chatty, false).prompt("Say it.").call().entity(EspalierOutputConverter.of(Invoice.class)));
        assertEquals(ours, read);
        assertNotNull(client(chatty, false).prompt("Say it.").call().entity(new MapOutputConverter()));
        assertFalse(read.contains("RFC8259"), read);
        Invoice asked = client("{\"number\":\"7\",\"total\":2.5}", false)
                .prompt("Say it.")
                .call()
                .entity(
                        Invoice.class,
                        spec -> spec.useProviderStructuredOutput().validateSchema());
        assertEquals(new Invoice("7", 2.5), asked);
    }

    @Test
    void aFormatThatAModelIsCalledWithIsKept() {
        BeanOutputConverter<Invoice> converter = new BeanOutputConverter<>(Invoice.class);
        EspalierChatModel model = Scripted.model(prompt -> {
            read = prompt;
            return "Sure.";
        });
        String said = String.valueOf(model.call("Say it.\n" + converter.getFormat()));
        assertNotNull(converter.convert(said));
        assertTrue(read.contains("Say it.\n\nAnswer with JSON"), read);
        String streamed = model.stream("Say it.\n" + converter.getFormat())
                .collectList()
                .map(chunks -> String.join("", chunks))
                .block();
        assertEquals(said, streamed);
        String first = converter.getFormat() + "\nSay it.";
        assertEquals("Sure.", model.call(first), "what is not at the end is said by the user");
        EspalierChatOptions own =
                EspalierChatOptions.builder().outputSchema("{\"const\":1}").build();
        assertEquals("1", Scripted.text(model.call(new Prompt("Say it.\n" + converter.getFormat(), own))));
    }

    @Test
    void formatsAreTextWhereTheModelIsToldSo() {
        EspalierChatModel model = EspalierChatModel.builder(Scripted.assistant(prompt -> {
                    read = prompt;
                    return "Seven.";
                }))
                .formatsAsSchemas(false)
                .build();
        ChatClient client = ChatClient.create(model);
        assertThrows(
                InvalidInputException.class,
                () -> client.prompt("Say it.").call().entity(EspalierOutputConverter.of(Invoice.class)));
        assertTrue(read.contains(EspalierOutputConverter.of(Invoice.class).getJsonSchema()), read);
        assertThrows(
                RuntimeException.class, () -> client.prompt("Say it.").call().entity(Invoice.class));
        assertTrue(read.contains("RFC8259"), read);
    }

    @Test
    void aSchemaInThePromptIsKeptBesideTools() {
        EspalierChatModel model = Scripted.model(prompt -> Scripted.last(prompt).startsWith("<|im_start|>tool")
                ? "Well, {\"number\":\"7\",\"total\":2.5}"
                : Scripted.call("total", "{\"number\":\"7\",\"total\":0.0}"));
        Invoice invoice = ChatClient.create(model)
                .prompt("Say it.")
                .tools(FunctionToolCallback.builder("total", (Invoice asked) -> "Its total is 2.5.")
                        .description("The total of an invoice.")
                        .inputType(Invoice.class)
                        .build())
                .call()
                .entity(Invoice.class);
        assertNotNull(invoice);
    }

    @Test
    void aFormatWithoutASchemaStaysInThePrompt() {
        assertEquals(
                List.of("a", "b"), client("a, b", true).prompt("Say it.").call().entity(new ListOutputConverter()));
        assertTrue(read.contains("comma"), read);
    }

    @Test
    void valuesOfManyTypesBySpringsSchemas() {
        assertEquals(
                List.of(new Invoice("7", 2.5), new Invoice("8", 3.0)),
                bean(
                        "[{\"number\":\"7\",\"total\":2.5},{\"number\":\"8\",\"total\":3.0}]",
                        new ParameterizedTypeReference<List<Invoice>>() {}));
        assertEquals(
                Map.of("a", 1, "b", 2),
                bean("{\"a\":1,\"b\":2}", new ParameterizedTypeReference<Map<String, Integer>>() {}));
        assertEquals(Level.HIGH, bean("\"HIGH\"", new ParameterizedTypeReference<Level>() {}));
        assertEquals(
                new Page<>(List.of(new Invoice("7", 2.5)), 3),
                bean(
                        "{\"items\":[{\"number\":\"7\",\"total\":2.5}],\"pages\":3}",
                        new ParameterizedTypeReference<Page<Invoice>>() {}));
        assertEquals(
                new Node("a", List.of(new Node("b", List.of()))),
                bean(
                        "{\"children\":[{\"children\":[],\"name\":\"b\"}],\"name\":\"a\"}",
                        new ParameterizedTypeReference<Node>() {}));
        assertEquals(
                new Person("Ada", Optional.empty()),
                bean("{\"name\":\"Ada\",\"nick\":null}", new ParameterizedTypeReference<Person>() {}));
    }

    @Test
    void valuesOfManyTypesByOurSchemas() {
        assertEquals(
                List.of(new Invoice("7", 2.5)),
                converted(
                        "[{\"number\":\"7\",\"total\":2.5}]",
                        EspalierOutputConverter.of(new ParameterizedTypeReference<List<Invoice>>() {})));
        assertEquals(
                Map.of("a", 1),
                converted(
                        "{\"a\":1}",
                        EspalierOutputConverter.of(new ParameterizedTypeReference<Map<String, Integer>>() {})));
        assertEquals(Level.HIGH, converted("\"HIGH\"", EspalierOutputConverter.of(Level.class)));
        assertEquals(
                new Page<>(List.of(new Invoice("7", 2.5)), 3),
                converted(
                        "{\"items\":[{\"number\":\"7\",\"total\":2.5}],\"pages\":3}",
                        EspalierOutputConverter.of(new ParameterizedTypeReference<Page<Invoice>>() {})));
        assertEquals(
                new Node("a", List.of(new Node("b", List.of()))),
                converted(
                        "{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}",
                        EspalierOutputConverter.of(Node.class)));
        EspalierOutputConverter<Person> person = EspalierOutputConverter.of(Person.class);
        assertEquals(new Person("Ada", Optional.empty()), converted("{\"name\":\"Ada\"}", person));
        assertEquals(
                new Person("Ada", Optional.of("Countess")),
                converted("{\"name\":\"Ada\",\"nick\":\"Countess\"}", person));
        assertEquals(
                new Square(2.0),
                converted("{\"type\":\"Square\",\"side\":2.0}", EspalierOutputConverter.of(Shape.class)));
    }

    @Test
    void constraintsOfJakartaValidationAreKept() {
        Order order = converted(
                "{\"code\":\"abc\",\"pieces\":12345,\"labels\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}",
                EspalierOutputConverter.of(Order.class));
        assertTrue(order.code().matches("[A-Z]{3}-[0-9]{2}"), order.toString());
        assertTrue(order.pieces() >= 1 && order.pieces() <= 9, order.toString());
        assertEquals(3, order.labels().size());
    }

    @Test
    void noTextIsCleanedBeforeItIsRead() {
        String answer = "{\"number\":\"<think>a</think>b\",\"total\":1.0}";
        assertEquals(
                "<think>a</think>b",
                converted(answer, EspalierOutputConverter.of(Invoice.class)).number());
        Invoice cleaned = new BeanOutputConverter<>(Invoice.class).convert(answer);
        assertNotNull(cleaned);
        assertEquals("b", cleaned.number(), "what Spring AI's own converter makes of it");
    }

    @Test
    void aTypeWithoutAnExactSchemaIsRefusedByName() {
        record Bad(Object anything, Thread thread) {}
        assertThrows(UnsupportedFeatureException.class, () -> EspalierOutputConverter.of(Bad.class));
    }

    @Test
    void toolsAreCalledBeforeTheValueIsSaid() {
        EspalierChatModel model = Scripted.model(prompt -> Scripted.last(prompt).startsWith("<|im_start|>tool")
                ? "{\"number\":\"7\",\"total\":" + (Scripted.last(prompt).contains("2.5") ? "2.5" : "0.0") + "}"
                : Scripted.call("total", "{\"number\":\"7\",\"total\":0.0}"));
        Invoice invoice = ChatClient.builder(model)
                .defaultAdvisors(AdvisorParams.ENABLE_NATIVE_STRUCTURED_OUTPUT)
                .build()
                .prompt("Say it.")
                .tools(FunctionToolCallback.builder("total", (Invoice asked) -> "Its total is 2.5.")
                        .description("The total of an invoice.")
                        .inputType(Invoice.class)
                        .build())
                .call()
                .entity(EspalierOutputConverter.of(Invoice.class));
        assertEquals(new Invoice("7", 2.5), invoice);
    }
}
