// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.schemas.options.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON text breaks of a schema, found by a validator that reads the value, not its bytes, and said in the schema's words. Nothing is
 * loaded from a network.
 */
public final class SchemaFaults {

    private static final int LONGEST_VALUE = 40;

    private SchemaFaults() {}

    /**
     * One fault.
     *
     * @param pointer the value that is at fault: a JSON pointer, empty for the whole text
     * @param member the name of the member of that object which ought not to be there; empty for all other faults
     * @param keyword the keyword that the value breaks
     * @param message what is wrong, in a few words: {@code 5 is not a string}
     */
    public record Fault(String pointer, Optional<String> member, String keyword, String message) {}

    /**
     * All faults of a text, in the validator's order. Cost: milliseconds; a third of a second the first time.
     *
     * @param draft the draft of the schema, as its report has it
     * @param formats whether {@code format} is asserted, as the validator understands it
     * @param text JSON
     * @throws InvalidInputException if the validator cannot read the schema or the text
     */
    public static List<Fault> of(OutputSource.Schema schema, Draft draft, boolean formats, String text) {
        SpecificationVersion version = switch (draft) {
            case DRAFT_4 -> SpecificationVersion.DRAFT_4;
            case DRAFT_6 -> SpecificationVersion.DRAFT_6;
            case DRAFT_7 -> SpecificationVersion.DRAFT_7;
            case DRAFT_2019_09 -> SpecificationVersion.DRAFT_2019_09;
            case DRAFT_2020_12 -> SpecificationVersion.DRAFT_2020_12;
        };
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(formats)
                .locale(Locale.ENGLISH)
                .build();
        List<Error> errors;
        Map<String, String> numbers = new HashMap<>();
        try {
            JsonNode asked = ExactJson.read(schema.text(), new HashMap<>());
            JsonNode value = ExactJson.read(text, numbers);
            errors = SchemaRegistry.withDefaultDialect(
                            version,
                            registry -> registry.schemas(schema.options().documents())
                                    .schemaRegistryConfig(config)
                                    .dialectRegistry(
                                            new SpanKeyword(schema.options().sources()).dialects()))
                    .getSchema(asked)
                    .validate(value);
        } catch (RuntimeException | StackOverflowError e) {
            throw new InvalidInputException("the value cannot be checked: " + e.getMessage(), e);
        }
        List<Fault> faults = new ArrayList<>();
        errors.forEach(error -> faults.add(fault(error, numbers)));
        return faults.stream().distinct().toList();
    }

    private static Fault fault(Error error, Map<String, String> numbers) {
        String pointer = String.valueOf(error.getInstanceLocation());
        String keyword = String.valueOf(error.getKeyword());
        String property = error.getProperty();
        boolean isTooMuch = keyword.equals("additionalProperties") || keyword.equals("unevaluatedProperties");
        if (isTooMuch && property != null) {
            String message = quoted(property) + " is not a property of #" + pointer;
            return new Fault(pointer, Optional.of(property), keyword, message);
        }
        String number = numbers.get(pointer);
        String value = number == null ? shown(error.getInstanceNode()) : cut(number);
        return new Fault(pointer, Optional.empty(), keyword, message(keyword, property, value, error));
    }

    private static String message(String keyword, @Nullable String property, String value, Error error) {
        JsonNode asked = error.getSchemaNode();
        if (asked != null) {
            switch (keyword) {
                case "type":
                    return value + " is not " + types(asked);
                case "enum":
                    return value + " is not one of " + shown(asked);
                case "const":
                    return value + " is not " + shown(asked);
                case "minimum":
                    return value + " is less than " + shown(asked);
                case "maximum":
                    return value + " is more than " + shown(asked);
                case "format":
                    return value + " is not of the format " + shown(asked);
                case "pattern":
                    return value + " does not match " + shown(asked);
                case SpanKeyword.NAME:
                    return value + " is not a span of the source";
                case "dependencies", "dependentRequired":
                    return dependency(asked, error.getInstanceNode()).orElse(value + " does not fit " + shown(asked));
                default:
                    break;
            }
        }
        if (keyword.equals("required") && property != null) {
            return quoted(property) + " is missing";
        }
        return value + ": " + error.getMessage();
    }

    /** Which member is missing since another is there. */
    private static Optional<String> dependency(JsonNode asked, @Nullable JsonNode value) {
        for (Map.Entry<String, JsonNode> entry : asked.properties()) {
            if (value != null && value.has(entry.getKey()) && entry.getValue().isArray()) {
                for (JsonNode name : entry.getValue()) {
                    if (!value.has(name.asString(""))) {
                        return Optional.of(quoted(name.asString("")) + " is missing, which " + quoted(entry.getKey())
                                + " asks for");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** {@code a string}, {@code an integer or null}. */
    private static String types(JsonNode asked) {
        List<String> names = new ArrayList<>();
        if (asked.isArray()) {
            asked.forEach(one -> names.add(withArticle(one.asString(""))));
        } else {
            names.add(withArticle(asked.asString("")));
        }
        return String.join(" or ", names);
    }

    private static String withArticle(String type) {
        return type.equals("null") ? type : ("aio".indexOf(type.charAt(0)) < 0 ? "a " : "an ") + type;
    }

    private static String shown(@Nullable JsonNode value) {
        if (value == null) {
            return "the value";
        }
        String text = value.toString();
        if (text.length() > LONGEST_VALUE && value.isContainer()) {
            return value.isObject() ? "the object" : "the array";
        }
        return cut(text);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_VALUE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE / 2)) + "…";
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }
}
