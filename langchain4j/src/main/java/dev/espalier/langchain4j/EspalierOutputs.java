// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.Output;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@linkplain Output Outputs} in LangChain4j's requests: Java types with their ranges, patterns, optional and sealed members, regular expressions, grammars. The value of an answer is read by
 * {@link Output#read}.
 *
 * <pre>{@code
 * Output<Invoice> invoices = Output.of(Invoice.class);
 * ChatRequest request = ChatRequest.builder()
 *         .messages(UserMessage.from(mail))
 *         .responseFormat(EspalierOutputs.responseFormat(invoices))
 *         .build();
 * Invoice invoice = invoices.read(model.chat(request).aiMessage().text());
 * }</pre>
 */
public final class EspalierOutputs {

    private static final Set<Class<?>> TIMES = Set.of(LocalDate.class, LocalTime.class, LocalDateTime.class);

    private EspalierOutputs() {}

    /**
     * A response format that has the output's schema, of whatever model. Options of the schema are not in it; {@link #answering} keeps them.
     *
     * @throws InvalidRequestException if the output has no schema
     */
    public static ResponseFormat responseFormat(Output<?> output) {
        Objects.requireNonNull(output, "output");
        String schema = output.schema()
                .orElseThrow(
                        () -> new InvalidRequestException(
                                "a response format needs a schema: outputs without one are for EspalierChatRequestParameters.output"));
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("answer")
                        .rootElement(JsonRawSchema.from(schema))
                        .build())
                .build();
    }

    /**
     * Lets all requests of an AI service, streamed or not, be answered by an output, in place of what LangChain4j derives from the method: {@code AiServices.builder(…).chatRequestTransformer(…)}. For
     * models of this module.
     */
    public static UnaryOperator<ChatRequest> answering(Output<?> output) {
        Objects.requireNonNull(output, "output");
        return request -> request.toBuilder()
                .parameters(EspalierChatRequestParameters.builder()
                        .overrideWith(request.parameters())
                        .responseFormat(ResponseFormat.TEXT)
                        .output(output)
                        .build())
                .build();
    }

    /**
     * The texts that an AI service reads as a type that its method returns: JSON by our own schema, within the ranges of Java's numbers; constants of an enum by name; and
     * {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime} and {@code Date}, for which LangChain4j has no schema, as ISO 8601 has them, without quotes.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming a type that has no exact JSON Schema
     */
    public static Output<String> returned(Class<?> type) {
        Objects.requireNonNull(type, "type");
        if (type == Date.class) {
            return returned(LocalDate.class);
        } else if (type.isEnum()) {
            return Output.choice(Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList());
        }
        String schema = Output.of(type).schema().orElseThrow();
        if (!TIMES.contains(type)) {
            return Output.jsonSchema(schema);
        }
        return Output.regex(
                JsonMapper.shared().readTree(schema).required("pattern").stringValue());
    }
}
