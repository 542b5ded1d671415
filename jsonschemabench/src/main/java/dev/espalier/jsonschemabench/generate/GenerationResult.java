package dev.espalier.jsonschemabench.generate;

import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a schema: one line of {@code results.jsonl}.
 *
 * @param id the corpus' name for it
 * @param dataset its data set
 * @param status whether it compiled
 * @param reasons why not
 * @param checkedAtEnd keywords that are looked at only when a text is finished
 * @param schemaBytes the length of its text in UTF-8
 * @param compileNanos from its text to a grammar compiled for the model's vocabulary
 * @param constrained what was written under it; empty if it did not compile
 * @param free what was written without it; empty if that was not asked for
 */
record GenerationResult(
        String id,
        String dataset,
        Status status,
        List<Reason> reasons,
        List<Reason> checkedAtEnd,
        int schemaBytes,
        long compileNanos,
        Optional<Writing> constrained,
        Optional<Writing> free) {

    /** Whether a schema compiled. */
    enum Status {
        /** Yes: declared to be covered. */
        COMPILED,
        /** No, by a typed error. */
        REFUSED,
        /** Not in time. */
        TIMEOUT,
        /** No, by any other error. */
        ERROR
    }

    /** How results become lines of {@code results.jsonl}. */
    static final ResultsFile.Form<GenerationResult> LINES = new ResultsFile.Form<>() {
        @Override
        public String id(GenerationResult result) {
            return result.id();
        }

        @Override
        public String write(GenerationResult result) {
            return result.toJson();
        }

        @Override
        public GenerationResult read(JsonNode line) {
            return GenerationResult.of(line);
        }
    };

    GenerationResult {
        reasons = List.copyOf(reasons);
        checkedAtEnd = List.copyOf(checkedAtEnd);
    }

    /** Whether it compiled, and the text under it is complete and valid. */
    boolean isCovered() {
        return constrained.map(Writing::isValid).orElse(false);
    }

    /** Whether a complete text under it has faults. */
    boolean isWrong() {
        return constrained.map(text -> text.isComplete() && !text.isValid()).orElse(false);
    }

    /** One line of JSON. */
    String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id).put("dataset", dataset);
        node.put("status", status.name().toLowerCase(Locale.ROOT));
        Reason.write(reasons, node.putArray("reasons"));
        Reason.write(checkedAtEnd, node.putArray("checked_at_end"));
        node.put("schema_bytes", schemaBytes).put("compile_us", compileNanos / 1000.0);
        constrained.ifPresent(text -> text.write(node.putObject("constrained")));
        free.ifPresent(text -> text.write(node.putObject("unconstrained")));
        return node.toString();
    }

    /** The result that {@link #toJson()} wrote. */
    static GenerationResult of(JsonNode node) {
        return new GenerationResult(
                node.path("id").asString(),
                node.path("dataset").asString(),
                Status.valueOf(node.path("status").asString().toUpperCase(Locale.ROOT)),
                Reason.read(node.path("reasons")),
                Reason.read(node.path("checked_at_end")),
                node.path("schema_bytes").asInt(),
                Math.round(node.path("compile_us").asDouble() * 1000),
                writing(node.path("constrained")),
                writing(node.path("unconstrained")));
    }

    private static Optional<Writing> writing(JsonNode node) {
        return node.isObject() ? Optional.of(Writing.read(node)) : Optional.empty();
    }
}
