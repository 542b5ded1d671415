package dev.espalier.jsonschemabench.run;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Why a schema did not get through, or what of it is kept only in part.
 *
 * @param pointer where in the schema, as a JSON pointer; {@code #} if unknown
 * @param keyword the keyword, or the kind of error
 * @param reason in words
 */
public record Reason(String pointer, String keyword, String reason) {

    /** The reasons in a line. */
    public static List<Reason> read(JsonNode array) {
        List<Reason> reasons = new ArrayList<>();
        array.forEach(reason -> reasons.add(new Reason(
                reason.path("pointer").asString(""),
                reason.path("keyword").asString(""),
                reason.path("reason").asString(""))));
        return reasons;
    }
}
