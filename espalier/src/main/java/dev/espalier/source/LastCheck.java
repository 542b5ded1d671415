package dev.espalier.source;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.schemas.options.CompileReport;
import java.util.List;
import java.util.Map;

/**
 * Looks at a finished value with a validator of its own, for schemas with keywords that are not enforced while writing.
 * Nothing is loaded from a network.
 */
final class LastCheck {

    private LastCheck() {}

    /**
     * Checks a text against the whole schema. Cost: milliseconds; a third of a second the first time.
     *
     * @param documents the documents that its references may lead to, by URI
     * @throws InvalidInputException if the schema does not allow it; says where and why
     */
    static void check(String schema, Map<String, String> documents, CompileReport report, String text) {
        SpecificationVersion version = switch (report.draft()) {
            case DRAFT_4 -> SpecificationVersion.DRAFT_4;
            case DRAFT_6 -> SpecificationVersion.DRAFT_6;
            case DRAFT_7 -> SpecificationVersion.DRAFT_7;
            case DRAFT_2019_09 -> SpecificationVersion.DRAFT_2019_09;
            case DRAFT_2020_12 -> SpecificationVersion.DRAFT_2020_12;
        };
        List<Error> errors;
        try {
            errors = SchemaRegistry.withDefaultDialect(version, registry -> registry.schemas(documents))
                    .getSchema(schema, InputFormat.JSON)
                    .validate(text, InputFormat.JSON);
        } catch (RuntimeException | StackOverflowError e) {
            throw new InvalidInputException("the finished value cannot be checked: " + e.getMessage(), e);
        }
        if (!errors.isEmpty()) {
            Error first = errors.get(0);
            throw new InvalidInputException("the finished value breaks a keyword that was not enforced: "
                    + first.getInstanceLocation() + ": " + first.getMessage());
        }
    }
}
