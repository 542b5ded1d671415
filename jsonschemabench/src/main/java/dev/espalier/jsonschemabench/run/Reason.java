package dev.espalier.jsonschemabench.run;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Why a schema did not get through, or what of it is kept only in part.
 *
 * @param pointer where in the schema, as a JSON pointer; {@code #} if unknown
 * @param keyword the keyword, or the kind of error
 * @param reason in words
 */
public record Reason(String pointer, String keyword, String reason) {

    /** Adds {@code {"pointer", "keyword", "reason"}} for each: for results that {@link ResultJson} does not write yet. */
    public static void write(List<Reason> reasons, ArrayNode array) {
        for (Reason reason : reasons) {
            array.addObject()
                    .put("pointer", reason.pointer)
                    .put("keyword", reason.keyword)
                    .put("reason", reason.reason);
        }
    }

    /** What {@link #write} wrote. */
    public static List<Reason> read(JsonNode array) {
        List<Reason> reasons = new ArrayList<>();
        array.forEach(reason -> reasons.add(new Reason(
                reason.path("pointer").asString(""),
                reason.path("keyword").asString(""),
                reason.path("reason").asString(""))));
        return reasons;
    }
}
