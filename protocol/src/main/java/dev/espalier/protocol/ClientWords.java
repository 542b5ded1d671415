// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.SyntaxException;
import java.util.regex.Pattern;

/** What errors of the engine say to clients, who can change a request, and no option of a program. */
final class ClientWords {

    private static final Pattern RAISE_LIMIT =
            Pattern.compile("raise it with (?:Render)?Limits\\.with\\w+(?: if this input is trusted)?");
    private static final Pattern ALLOW = Pattern.compile("; SchemaOptions\\.allow lets them pass:");
    private static final Pattern GIVE_SOURCE = Pattern.compile("; SchemaOptions\\.withSource gives it");
    private static final Pattern NO_JSON = Pattern.compile("this is not JSON: .*");
    private static final Pattern IN_FORM = Pattern.compile("in #/format\\S*: ");
    private static final Pattern SCHEMA_IN_FORM = Pattern.compile("#/format\\S*?/json_schema");

    private ClientWords() {}

    /** The error that is at the bottom of those that say only in which part it is. */
    static EspalierException innermost(EspalierException error) {
        EspalierException inner = error;
        while (inner instanceof InvalidInputException && inner.getCause() instanceof EspalierException cause) {
            inner = cause;
        }
        return inner;
    }

    /**
     * The message of an error.
     *
     * @param budget the member that says how long an answer may be
     */
    static String of(EspalierException error, String budget) {
        if (error instanceof LimitExceededException limit) {
            return limit(limit, budget);
        }
        String message = String.valueOf(error.getMessage()).replace("raise maxTokens", "raise " + budget);
        message = RAISE_LIMIT.matcher(message).replaceAll("make it smaller");
        message = NO_JSON.matcher(message).replaceAll("this is not JSON");
        message = ALLOW.matcher(message).replaceAll("; leave them out:");
        return GIVE_SOURCE.matcher(message).replaceAll("; requests have none");
    }

    private static String limit(LimitExceededException limit, String budget) {
        if (limit.limit().equals("maxTokens")) {
            return "a budget of " + limit.bound() + " tokens is too small: the shortest answer has " + limit.reached()
                    + "; raise " + budget + " or shorten the prompt";
        }
        String message = "the limit " + limit.limit() + " of this server is " + limit.bound() + ", and this takes "
                + (limit.reached() > limit.bound() ? limit.reached() : "more") + "; make it smaller";
        return String.valueOf(new SyntaxException(message, limit.place()).getMessage());
    }

    /** The message of an error of a tool's part of a form, without the places in the form around it. */
    static String ofTool(EspalierException error, String budget) {
        String message = IN_FORM.matcher(of(error, budget)).replaceAll("");
        return SCHEMA_IN_FORM.matcher(message).replaceAll("#");
    }
}
