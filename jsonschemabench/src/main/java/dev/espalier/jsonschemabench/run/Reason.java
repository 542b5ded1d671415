package dev.espalier.jsonschemabench.run;

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
        return array.valueStream()
                .map(reason -> ResultJson.read(reason, Reason.class))
                .toList();
    }
}
