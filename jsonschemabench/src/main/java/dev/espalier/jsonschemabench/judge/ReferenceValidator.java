package dev.espalier.jsonschemabench.judge;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An independent validator, networknt's: by the draft that {@code $schema} names, 2020-12 where it names none, with
 * {@code format} asserted. Nothing is fetched from a network. Thread-safe.
 */
public final class ReferenceValidator {

    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** A validator. */
    public ReferenceValidator() {}

    /**
     * What is wrong with a text, {@code pointer: message} for each fault; empty if it is valid.
     *
     * @param schema JSON text of a schema
     * @param text what should be JSON text of a value that fits it
     */
    public String faults(String schema, String text) {
        try {
            Schema validator = schemas.getSchema(schema, InputFormat.JSON);
            List<Error> errors = validator.validate(
                    text,
                    InputFormat.JSON,
                    context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
            return errors.stream().map(Error::toString).collect(Collectors.joining("; "));
        } catch (RuntimeException | StackOverflowError e) {
            return "the validator failed: " + e;
        }
    }
}
