// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.drafts;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some texts, written in one way, round by round: a line of {@code results.jsonl}. Counts are those of the last round. Rounds are at the same index for all ways of a batch,
 * so that they can be compared in pairs.
 *
 * @param kind where drafts came from
 * @param length the most tokens of a draft; 0 without drafts
 * @param batch texts at a time
 * @param grammar whether texts were written under their schemas
 * @param texts texts of a round
 * @param tokens tokens of a round
 * @param drafted tokens that were guessed
 * @param accepted guessed tokens that were right
 * @param rows passes, each counted as often as it had texts
 * @param passes forward passes
 * @param differing texts that differ from those without drafts: larger passes may round otherwise
 * @param nanos the time of each round, in nanoseconds
 */
public record DraftResult(
        DraftKind kind,
        int length,
        int batch,
        boolean grammar,
        int texts,
        int tokens,
        int drafted,
        int accepted,
        int rows,
        int passes,
        int differing,
        @JsonProperty("round_ns") List<Long> nanos)
        implements ResultsFile.Result {

    /** Copies the list. */
    public DraftResult {
        nanos = List.copyOf(nanos);
    }

    static String id(DraftWay way, int batch, boolean grammar) {
        return (way.length() == 0 ? "none" : way.kind()) + "/" + way.length() + "/" + batch + "/"
                + (grammar ? "grammar" : "free");
    }

    @Override
    @JsonProperty("id")
    public String id() {
        return id(new DraftWay(kind, length), batch, grammar);
    }

    /** Where drafts came from, as a table has it. */
    String drafts() {
        return length == 0 ? "none" : kind.toString();
    }

    /** Guessed tokens that were right, for each text in a pass. */
    double acceptedPerPass() {
        return (double) accepted / Math.max(1, rows);
    }

    /** Tokens of text for each text in a pass. */
    double tokensPerPass() {
        return (double) tokens / Math.max(1, rows);
    }

    /** The share of the guessed tokens that were right; 0 of none. */
    double right() {
        return drafted == 0 ? 0 : (double) accepted / drafted;
    }

    /** Tokens a second: the median of the rounds. */
    double speed() {
        return median(nanos.stream().map(each -> tokens * 1e9 / each).toList());
    }

    /** How many times faster than another way: the median of the rounds. */
    double timesFaster(DraftResult other) {
        int rounds = Math.min(nanos.size(), other.nanos.size());
        return median(IntStream.range(0, rounds)
                .mapToObj(i -> (double) other.nanos.get(i) / nanos.get(i) * tokens / Math.max(1, other.tokens))
                .toList());
    }

    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
