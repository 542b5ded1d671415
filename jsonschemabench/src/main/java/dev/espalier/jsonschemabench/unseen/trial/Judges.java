// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.jsonschemabench.judge.ReferenceValidator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.FormatEvaluatorFactory;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Two validators that others wrote: networknt's and dev.harrel's. Formats are asserted, numbers exact. One thread. */
final class Judges {

    private static final String FAILED = "the validator failed";
    private static final Pattern DISPUTED_FORMATS = Pattern.compile("\"format\"\\s*:\\s*\"(?:regex|email|idn-email)\"");

    private final ReferenceValidator first = new ReferenceValidator();
    private final ValidatorFactory second = new ValidatorFactory()
            .withJsonNodeFactory(new JacksonNode.Factory(JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build()))
            .withEvaluatorFactory(EvaluatorFactory.compose(new FormatEvaluatorFactory()))
            .withDisabledSchemaValidation(true);

    /**
     * A verdict.
     *
     * @param accepts whether the text is valid; empty if the validator failed
     * @param why what is wrong with it, if that is known
     */
    record Opinion(Optional<Boolean> accepts, String why) {}

    /**
     * A schema without the formats that both validators read by other rules than the standards: regular expressions as
     * {@link java.util.regex.Pattern} has them, addresses by a length that no draft names. {@code docs/reference/validators.md} has the rows.
     *
     * @return the schema itself if it has none
     */
    static String withoutDisputedFormats(String schema) {
        return DISPUTED_FORMATS.matcher(schema).replaceAll("\"format\":\"\"");
    }

    /** What networknt's validator says. */
    Opinion first(String schema, String text) {
        String faults = first.faults(schema, text);
        return faults.startsWith(FAILED)
                ? new Opinion(Optional.empty(), faults)
                : new Opinion(Optional.of(faults.isEmpty()), faults);
    }

    /** What dev.harrel's validator says. */
    Opinion second(String schema, String text) {
        try {
            Validator validator = second.createValidator();
            URI uri = validator.registerSchema(URI.create("urn:schema"), schema);
            return new Opinion(Optional.of(valid(validator, uri, text)), "");
        } catch (RuntimeException | StackOverflowError e) {
            return new Opinion(Optional.empty(), String.valueOf(e));
        }
    }

    private static boolean valid(Validator validator, URI uri, String text) {
        try {
            return validator.validate(uri, text).isValid();
        } catch (NumberFormatException noNumber) {
            throw noNumber;
        } catch (IllegalArgumentException noJson) {
            return false;
        }
    }
}
