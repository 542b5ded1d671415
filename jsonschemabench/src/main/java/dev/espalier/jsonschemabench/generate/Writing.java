package dev.espalier.jsonschemabench.generate;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One text that the model wrote.
 *
 * @param end how it ended
 * @param error why, where it is an error
 * @param text what was written
 * @param faults what the validator holds against it; empty if it is valid, and where it is not complete
 * @param promptTokens tokens that the model read first
 * @param tokens tokens of the text
 * @param forcedTokens how many of them were certain, and committed without asking the model
 * @param firstTokenNanos from the schema's text, compilation included, to the first token that the model was asked for; 0 if
 *     there is none
 * @param tokenNanos the mean time of each later token, those of attempts that were taken back included; 0 if there is none
 * @param totalNanos from the schema's text to the end
 */
record Writing(
        End end,
        String error,
        String text,
        String faults,
        int promptTokens,
        int tokens,
        int forcedTokens,
        long firstTokenNanos,
        long tokenNanos,
        long totalNanos) {

    /** How a text ended. */
    enum End {
        /** It is whole: a text of the schema, or, written freely, one that the model ended by itself. */
        COMPLETE,
        /** No token was left before it was whole. */
        CUT,
        /** It could be continued in bytes, but by no token. */
        DEAD_END,
        /** It took too long. */
        TIMEOUT,
        /** The model failed, or the request could not be served. */
        ERROR
    }

    /** A text that was never begun. */
    static Writing failed(String error) {
        return new Writing(End.ERROR, error, "", "", 0, 0, 0, 0, 0, 0);
    }

    boolean isComplete() {
        return end == End.COMPLETE;
    }

    /** Whether it is complete and the validator finds no fault. */
    boolean isValid() {
        return isComplete() && faults.isEmpty();
    }

    void write(ObjectNode node) {
        node.put("outcome", end.name().toLowerCase(Locale.ROOT)).put("error", error);
        node.put("valid", isValid()).put("faults", faults).put("text", text);
        node.put("prompt_tokens", promptTokens).put("tokens", tokens).put("forced_tokens", forcedTokens);
        node.put("first_token_us", firstTokenNanos / 1000.0);
        node.put("token_us", tokenNanos / 1000.0).put("total_us", totalNanos / 1000.0);
    }

    static Writing read(JsonNode node) {
        return new Writing(
                End.valueOf(node.path("outcome").asString().toUpperCase(Locale.ROOT)),
                node.path("error").asString(),
                node.path("text").asString(),
                node.path("faults").asString(),
                node.path("prompt_tokens").asInt(),
                node.path("tokens").asInt(),
                node.path("forced_tokens").asInt(),
                Math.round(node.path("first_token_us").asDouble() * 1000),
                Math.round(node.path("token_us").asDouble() * 1000),
                Math.round(node.path("total_us").asDouble() * 1000));
    }
}
