// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One way of decoding with one model, so many texts at a time: a line of {@code results.jsonl}. Numbers of a round are at the same
 * index for all ways, so that they can be compared in pairs. Times are nanoseconds.
 *
 * @param model its name
 * @param vocabulary its number of tokens
 * @param batch texts at a time
 * @param way how they were decoded
 * @param texts texts of a round
 * @param tokens tokens of a round
 * @param forced how many of them were committed as forced text
 * @param passes forward passes of a round, those that read the prompts included
 * @param step the time per token after the prompt: the median of each step over all rounds, added up
 * @param stepped for each round the time per token after the prompt
 * @param total for each round the time per text, its prompt included
 * @param forward for each round the time of forward passes after the prompt, per token
 * @param mask for each round the time of computing masks per token, on whatever thread
 * @param waiting for each round the time of waiting for masks, per token
 * @param choosing for each round the time of drawing and accepting, per token
 * @param cpu for each round the processors' time per token
 */
public record EndToEndResult(
        String model,
        int vocabulary,
        int batch,
        Way way,
        int texts,
        int tokens,
        @JsonProperty("forced_tokens") int forced,
        int passes,
        @JsonProperty("step_ns") double step,
        @JsonProperty("stepped_ns") List<Double> stepped,
        @JsonProperty("total_ns") List<Double> total,
        @JsonProperty("forward_ns") List<Double> forward,
        @JsonProperty("mask_ns") List<Double> mask,
        @JsonProperty("waiting_ns") List<Double> waiting,
        @JsonProperty("choosing_ns") List<Double> choosing,
        @JsonProperty("cpu_ns") List<Double> cpu)
        implements ResultsFile.Result {

    /** Checks that there is a way of decoding. */
    public EndToEndResult {
        Objects.requireNonNull(way);
    }

    /** What the results of a model, a batch and a way are known by. */
    static String id(String model, int batch, Way way) {
        return model + "/" + batch + "/" + way;
    }

    @Override
    @JsonProperty("id")
    public String id() {
        return id(model, batch, way);
    }

    /** For each round what is neither pass nor waiting nor choosing, per token. */
    List<Double> rest() {
        return IntStream.range(0, stepped.size())
                .mapToObj(i -> Math.max(0, stepped.get(i) - forward.get(i) - waiting.get(i) - choosing.get(i)))
                .toList();
    }

    /** The median of some numbers; 0 of none. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
