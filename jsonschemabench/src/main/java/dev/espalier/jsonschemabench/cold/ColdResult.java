package dev.espalier.jsonschemabench.cold;

import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One start.
 *
 * @param schema the schema's name
 * @param variant the way it was started, in words
 * @param round which of several like starts
 * @param millis milliseconds of each part
 * @param nodes trie nodes visited for all masks
 */
record ColdResult(String schema, String variant, int round, Map<ColdPhase, Double> millis, long nodes)
        implements ResultsFile.Result {

    ColdResult {
        EnumMap<ColdPhase, Double> copy = new EnumMap<>(ColdPhase.class);
        copy.putAll(millis);
        millis = copy;
    }

    /** Reads what {@link ColdStart} printed. */
    static ColdResult of(String schema, ColdVariant variant, int round, String line) {
        String[] words = line.strip().split(" ", -1);
        if (words.length != ColdPhase.values().length + 1) {
            throw new IllegalArgumentException("not the line of a start: " + line);
        }
        Map<ColdPhase, Double> millis = new EnumMap<>(ColdPhase.class);
        Arrays.stream(ColdPhase.values()).forEach(phase -> millis.put(phase, Double.valueOf(words[phase.ordinal()])));
        return new ColdResult(schema, variant.toString(), round, millis, Long.parseLong(words[words.length - 1]));
    }

    /** From the start of the process to the first mask. */
    double toFirstMask() {
        return millis.entrySet().stream()
                .filter(entry -> entry.getKey().comesFirst())
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    @Override
    public String id() {
        return String.format(Locale.ROOT, "%s, %s, %03d", schema, variant, round);
    }

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id()).put("schema", schema).put("variant", variant).put("round", round);
        ObjectNode times = node.putObject("millis");
        millis.forEach((phase, time) -> times.put(phase.name(), time));
        return node.put("nodes", nodes).toString();
    }

    /** What {@link #toJson} wrote. */
    static ColdResult read(JsonNode node) {
        Map<ColdPhase, Double> millis = new EnumMap<>(ColdPhase.class);
        for (ColdPhase phase : ColdPhase.values()) {
            JsonNode time = node.path("millis").path(phase.name());
            if (!time.isNumber()) {
                throw new IllegalArgumentException("a start without " + phase);
            }
            millis.put(phase, time.asDouble());
        }
        return new ColdResult(
                node.path("schema").asString(),
                node.path("variant").asString(),
                node.path("round").asInt(),
                millis,
                node.path("nodes").asLong());
    }
}
