// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.judge;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.core.work.DeepStack;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An independent validator, networknt's: by the draft that {@code $schema} names, 2020-12 where it names none, with
 * {@code format} asserted and numbers exact. Nothing is fetched from a network. It fails on some schemas because of their
 * identifiers; it then judges by a copy without those, where nothing refers to them. Thread-safe.
 */
public final class ReferenceValidator {

    private static final int DEEPEST = 10_000;
    private static final int SHOWN = 300;
    /** Levels of a stack that is large enough for patterns that are matched by recursion on long texts. */
    private static final int LEVELS = 1 << 17;

    private static final int LONGEST = 100_000_000;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST)
                            .maxNumberLength(LONGEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .losslessNarrowing(false)
                            .build()));

    /** A validator. */
    public ReferenceValidator() {}

    /**
     * What is wrong with a text, {@code pointer: message} for each fault, or why it is no JSON; empty if it
     * is valid. What the validator cannot judge is a fault too.
     *
     * @param schema JSON text of a schema
     * @param text what should be JSON text of a value that fits it
     */
    public String faults(String schema, String text) {
        JsonNode value;
        try {
            value = mapper.readTree(text);
        } catch (JacksonException e) {
            return "no JSON: " + e.getOriginalMessage();
        } catch (NumberFormatException e) {
            return "the validator failed: it holds no number like this: " + shortened(String.valueOf(e.getMessage()));
        }
        if (value.isMissingNode()) {
            return "no JSON: the text is empty";
        }
        return DeepStack.call(LEVELS, () -> {
            try {
                return judgedSomehow(mapper.readTree(schema), value);
            } catch (RuntimeException | StackOverflowError e) {
                return "the validator failed: " + shortened(e.toString());
            }
        });
    }

    private String judgedSomehow(JsonNode schema, JsonNode value) {
        try {
            return judged(schema, value);
        } catch (RuntimeException e) {
            if (SchemaIds.remove(schema)) {
                return judged(schema, value);
            }
            throw e;
        }
    }

    private String judged(JsonNode schema, JsonNode value) {
        return schemas.getSchema(schema).validate(value).stream()
                .map(Error::toString)
                .collect(Collectors.joining("; "));
    }

    private static String shortened(String message) {
        return message.length() <= SHOWN ? message : message.substring(0, SHOWN) + "…";
    }
}
