package dev.espalier.jsonschemabench.generate;

import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a schema and the texts that were written for it: one line of {@code results.jsonl}.
 *
 * @param schema what became of the schema: declared to be covered if it compiled
 * @param constrained what was written under it; empty if it did not compile
 * @param free what was written without it; empty if that was not asked for
 */
record GenerationResult(SchemaOutcome schema, Optional<Writing> constrained, Optional<Writing> free)
        implements ResultsFile.Result {

    /** The same with a text that was written without the constraint. */
    GenerationResult withFree(Writing text) {
        return new GenerationResult(schema, constrained, Optional.of(text));
    }

    @Override
    public String id() {
        return schema.id();
    }

    /** Whether it compiled, and the text under it is complete and valid. */
    boolean isCovered() {
        return constrained.map(Writing::isValid).orElse(false);
    }

    /** Whether a complete text under it has faults. */
    boolean isWrong() {
        return constrained.map(text -> text.isComplete() && !text.isValid()).orElse(false);
    }

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        schema.write(node);
        constrained.ifPresent(text -> text.write(node.putObject("constrained")));
        free.ifPresent(text -> text.write(node.putObject("unconstrained")));
        return node.toString();
    }

    /** The result that {@link #toJson()} wrote. */
    static GenerationResult of(JsonNode node) {
        return new GenerationResult(
                SchemaOutcome.read(node), writing(node.path("constrained")), writing(node.path("unconstrained")));
    }

    private static Optional<Writing> writing(JsonNode node) {
        return node.isObject() ? Optional.of(Writing.read(node)) : Optional.empty();
    }
}
