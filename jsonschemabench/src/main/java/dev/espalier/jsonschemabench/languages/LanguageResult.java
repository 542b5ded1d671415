package dev.espalier.jsonschemabench.languages;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a text of a language cost: one line of {@code results.jsonl}.
 *
 * @param language what it is written in
 * @param origin where it is from
 * @param end how it ended
 * @param reasons why, if that is not the end of the text
 * @param characters code points of the text
 * @param tokens tokens of the text
 * @param read tokens that were allowed
 * @param compileNanos grammar text to compiled grammar
 * @param firstMaskNanos grammar text to first mask
 * @param steps mask and commit of each token, the least time of all readings
 * @param parts the text in parts of equal length
 * @param mostNodes trie nodes that the widest mask visited
 * @param heapFirstHalf bytes held after half of the tokens
 * @param heapSecondHalf bytes held more at the end
 * @param stacks how large sets of stacks got
 */
record LanguageResult(
        Language language,
        String origin,
        End end,
        List<Reason> reasons,
        int characters,
        int tokens,
        int read,
        long compileNanos,
        long firstMaskNanos,
        LatencyHistogram steps,
        List<Part> parts,
        long mostNodes,
        long heapFirstHalf,
        long heapSecondHalf,
        StackSizes stacks)
        implements ResultsFile.Result {

    /** How a text ended. */
    enum End {
        /** All tokens were allowed, and the text may end there. */
        READ,
        /** The grammar does not allow it. */
        REFUSED,
        /** A limit was reached, or something went wrong. */
        FAILED
    }

    /**
     * A tenth of a text.
     *
     * @param tokens how many tokens
     * @param nanos mask and commit of all of them, each one's least time of all readings
     * @param nodes trie nodes that were visited, in the first reading
     * @param allocated bytes that were allocated, in the last reading
     */
    record Part(int tokens, long nanos, long nodes, long allocated) {}

    LanguageResult {
        reasons = List.copyOf(reasons);
        parts = List.copyOf(parts);
    }

    /** A text of which nothing is known but why. */
    static LanguageResult failed(LanguageText text, int tokens, Reason reason) {
        int characters = text.text().codePointCount(0, text.text().length());
        return new LanguageResult(
                text.language(),
                text.origin(),
                End.FAILED,
                List.of(reason),
                characters,
                tokens,
                0,
                0,
                0,
                new LatencyHistogram(),
                List.of(),
                0,
                0,
                0,
                StackSizes.NONE);
    }

    @Override
    public String id() {
        return language.label();
    }

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id()).put("origin", origin).put("end", end.name().toLowerCase(Locale.ROOT));
        Reason.write(reasons, node.putArray("reasons"));
        node.put("characters", characters).put("tokens", tokens).put("read", read);
        node.put("compile_us", compileNanos / 1000.0).put("first_mask_us", firstMaskNanos / 1000.0);
        node.set("step_us", steps.figures());
        node.put("most_nodes", mostNodes).put("heap_first_half", heapFirstHalf).put("heap_second_half", heapSecondHalf);
        node.putObject("stacks")
                .put("mean_tops", stacks.meanTops())
                .put("most_tops", stacks.mostTops())
                .put("nodes", stacks.nodes())
                .put("last_nodes", stacks.lastNodes());
        ArrayNode all = node.putArray("parts");
        for (Part part : parts) {
            all.addObject()
                    .put("tokens", part.tokens())
                    .put("nanos", part.nanos())
                    .put("nodes", part.nodes())
                    .put("allocated", part.allocated());
        }
        node.set("step_ns", steps.toJson());
        return node.toString();
    }

    /**
     * The result that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if there is no such end, or the times are none
     * @throws dev.espalier.core.error.InvalidInputException if there is no such language
     */
    static LanguageResult of(JsonNode node) {
        JsonNode stacks = node.path("stacks");
        List<Part> parts = node.path("parts")
                .valueStream()
                .map(part -> new Part(
                        part.path("tokens").asInt(),
                        part.path("nanos").asLong(),
                        part.path("nodes").asLong(),
                        part.path("allocated").asLong()))
                .toList();
        return new LanguageResult(
                Language.parse(node.path("id").asString()),
                node.path("origin").asString(),
                End.valueOf(node.path("end").asString().toUpperCase(Locale.ROOT)),
                Reason.read(node.path("reasons")),
                node.path("characters").asInt(),
                node.path("tokens").asInt(),
                node.path("read").asInt(),
                Math.round(node.path("compile_us").asDouble() * 1000),
                Math.round(node.path("first_mask_us").asDouble() * 1000),
                LatencyHistogram.of(node.path("step_ns")),
                parts,
                node.path("most_nodes").asLong(),
                node.path("heap_first_half").asLong(),
                node.path("heap_second_half").asLong(),
                new StackSizes(
                        stacks.path("mean_tops").asDouble(),
                        stacks.path("most_tops").asInt(),
                        stacks.path("nodes").asInt(),
                        stacks.path("last_nodes").asInt()));
    }

    /** The mean time of a token in a part, in microseconds; 0 of nothing. */
    double micros(int part) {
        Part one = parts.get(part);
        return one.tokens() == 0 ? 0 : one.nanos() / 1000.0 / one.tokens();
    }
}
