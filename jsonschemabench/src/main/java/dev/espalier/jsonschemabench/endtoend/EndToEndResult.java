package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
record EndToEndResult(
        String model,
        int vocabulary,
        int batch,
        Way way,
        int texts,
        int tokens,
        int forced,
        int passes,
        double step,
        List<Double> stepped,
        List<Double> total,
        List<Double> forward,
        List<Double> mask,
        List<Double> waiting,
        List<Double> choosing,
        List<Double> cpu)
        implements ResultsFile.Result {

    EndToEndResult {
        stepped = List.copyOf(stepped);
        total = List.copyOf(total);
        forward = List.copyOf(forward);
        mask = List.copyOf(mask);
        waiting = List.copyOf(waiting);
        choosing = List.copyOf(choosing);
        cpu = List.copyOf(cpu);
    }

    /** What the results of a model, a batch and a way are known by. */
    static String id(String model, int batch, Way way) {
        return model + "/" + batch + "/" + way.label();
    }

    @Override
    public String id() {
        return id(model, batch, way);
    }

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id()).put("model", model).put("vocabulary", vocabulary);
        node.put("batch", batch).put("way", way.label());
        node.put("texts", texts)
                .put("tokens", tokens)
                .put("forced_tokens", forced)
                .put("passes", passes);
        node.put("step_ns", step);
        write(node.putArray("stepped_ns"), stepped);
        write(node.putArray("total_ns"), total);
        write(node.putArray("forward_ns"), forward);
        write(node.putArray("mask_ns"), mask);
        write(node.putArray("waiting_ns"), waiting);
        write(node.putArray("choosing_ns"), choosing);
        write(node.putArray("cpu_ns"), cpu);
        return node.toString();
    }

    private static void write(ArrayNode array, List<Double> values) {
        values.forEach(array::add);
    }

    /**
     * The result that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if there is no such way of decoding
     */
    static EndToEndResult of(JsonNode node) {
        return new EndToEndResult(
                node.path("model").asString(),
                node.path("vocabulary").asInt(),
                node.path("batch").asInt(),
                Way.of(node.path("way").asString()),
                node.path("texts").asInt(),
                node.path("tokens").asInt(),
                node.path("forced_tokens").asInt(),
                node.path("passes").asInt(),
                node.path("step_ns").asDouble(),
                read(node.path("stepped_ns")),
                read(node.path("total_ns")),
                read(node.path("forward_ns")),
                read(node.path("mask_ns")),
                read(node.path("waiting_ns")),
                read(node.path("choosing_ns")),
                read(node.path("cpu_ns")));
    }

    private static List<Double> read(JsonNode array) {
        List<Double> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asDouble()));
        return values;
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
