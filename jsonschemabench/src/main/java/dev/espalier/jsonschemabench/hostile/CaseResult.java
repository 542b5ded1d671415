package dev.espalier.jsonschemabench.hostile;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one case ended.
 *
 * @param id the case; inputs of a file with one input a line are {@code id:line}, counted from 1
 * @param kind what the table counts it under
 * @param optional whether the case may be refused or served as the engine likes
 * @param verdict how it ended
 * @param reason why, where it did not pass or was refused; else empty
 * @param millis wall-clock time of compiling and checking
 */
public record CaseResult(String id, String kind, boolean optional, Verdict verdict, String reason, long millis) {

    /** One line of JSON. */
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id).put("kind", kind).put("optional", optional);
        node.put("verdict", verdict.name().toLowerCase(java.util.Locale.ROOT));
        return node.put("reason", reason).put("ms", millis).toString();
    }

    /** One line for people. */
    @Override
    public String toString() {
        return verdict + " " + id + " (" + millis + " ms): " + reason;
    }

    /** The result that {@link #toJson()} wrote; empty if the line is none, or was cut off. */
    static Optional<CaseResult> read(String line) {
        try {
            return Optional.of(of(JsonMapper.shared().readTree(line)));
        } catch (JacksonException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static CaseResult of(JsonNode node) {
        return new CaseResult(
                node.path("id").asString(),
                node.path("kind").asString(),
                node.path("optional").asBoolean(),
                Verdict.valueOf(node.path("verdict").asString().toUpperCase(java.util.Locale.ROOT)),
                node.path("reason").asString(),
                node.path("ms").asLong());
    }
}
