// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.FormatEvaluatorFactory;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Two validators that others wrote, each with its own reader of JSON; formats are asserted, numbers exact. */
final class OtherValidators {

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .losslessNarrowing(false)
                            .failFast(true)
                            .build()));
    private final ValidatorFactory factory = new ValidatorFactory()
            .withJsonNodeFactory(new JacksonNode.Factory(com.fasterxml.jackson.databind.json.JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(com.fasterxml.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build()))
            .withEvaluatorFactory(EvaluatorFactory.compose(new FormatEvaluatorFactory()))
            .withDisabledSchemaValidation(true);

    /** A compiled schema of one of them. */
    interface Judge {

        /**
         * The verdict of a document.
         *
         * @return null if there is none: the validator failed
         */
        @Nullable
        Boolean accepts(String document);
    }

    /** networknt's judgement. */
    Judge first(String schema) {
        JsonNode node = mapper.readTree(schema);
        Schema compiled = registry.getSchema(node);
        return document -> {
            JsonNode value;
            try {
                value = mapper.readTree(document);
            } catch (tools.jackson.core.JacksonException e) {
                return false;
            }
            try {
                return compiled.validate(value).isEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                return null;
            }
        };
    }

    /** dev.harrel's judgement. */
    Judge second(String schema) {
        Validator validator = factory.createValidator();
        URI uri = validator.registerSchema(URI.create("urn:schema"), schema);
        return document -> {
            try {
                return validator.validate(uri, document).isValid();
            } catch (IllegalArgumentException e) {
                return false;
            } catch (RuntimeException | StackOverflowError e) {
                return null;
            }
        };
    }
}
