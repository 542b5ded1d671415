// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.Output;
import java.lang.reflect.Type;
import org.springframework.ai.converter.StructuredOutputConverter;
import org.springframework.core.ParameterizedTypeReference;

/**
 * A Java type as the answer of a model: with the schema that Espalier makes of it, and read by Espalier. Constraints of Jakarta Validation, sealed types, {@code Optional} and the ranges of numbers are
 * in the schema; nothing is put into the prompt, and no text is cleaned before it is read. Immutable and thread-safe.
 *
 * <pre>{@code
 * Invoice invoice = client.prompt().user(mail).call().entity(EspalierOutputConverter.of(Invoice.class));
 * }</pre>
 *
 * <p>The schema reaches the model as an option of the request where the client has native structured output on, and else in the prompt, from where {@link EspalierChatModel} takes it.
 *
 * @param <T> the type of the value
 */
public final class EspalierOutputConverter<T> implements StructuredOutputConverter<T> {

    private final Type type;
    private final Output<T> output;

    private EspalierOutputConverter(Type type, Output<T> output) {
        this.type = type;
        this.output = output;
    }

    /**
     * A converter to a class.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming a type or an annotation that has no exact JSON Schema, and the path of its component
     */
    public static <T> EspalierOutputConverter<T> of(Class<T> type) {
        return new EspalierOutputConverter<>(type, Output.of(type));
    }

    /**
     * A converter to a type with type arguments: {@code new ParameterizedTypeReference<List<Invoice>>() {}}.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException as {@link #of(Class)}
     */
    @SuppressWarnings("unchecked") // the reference says what the type is
    public static <T> EspalierOutputConverter<T> of(ParameterizedTypeReference<T> type) {
        return new EspalierOutputConverter<>(type.getType(), (Output<T>) Output.ofType(type.getType()));
    }

    /** The type of the value. */
    public Type type() {
        return type;
    }

    /** The schema in words, for models that have no option for it. {@link EspalierChatModel} takes it out of the prompt again, and keeps it. */
    @Override
    public String getFormat() {
        return FormatText.OURS + getJsonSchema();
    }

    @Override
    public String getJsonSchema() {
        return output.schema().orElseThrow();
    }

    /**
     * The value that an answer says.
     *
     * @throws dev.espalier.core.error.InvalidInputException if the text is no value of the type
     */
    @Override
    public T convert(String text) {
        return output.read(text);
    }
}
