// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.cold;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One start.
 *
 * @param schema the schema's name
 * @param variant the way it was started, in words
 * @param round which of several like starts
 * @param millis milliseconds of each {@link ColdPhase}
 * @param nodes trie nodes visited for all masks
 */
public record ColdResult(String schema, String variant, int round, Map<String, Double> millis, long nodes)
        implements ResultsFile.Result {

    /** Copies the map, which has all parts. */
    public ColdResult {
        millis = new LinkedHashMap<>(millis);
        for (ColdPhase phase : ColdPhase.values()) {
            Objects.requireNonNull(millis.get(phase.name()));
        }
    }

    /** Reads what {@link ColdStart} printed. */
    static ColdResult of(String schema, ColdVariant variant, int round, String line) {
        String[] words = line.strip().split(" ", -1);
        if (words.length != ColdPhase.values().length + 1) {
            throw new IllegalArgumentException("not the line of a start: " + line);
        }
        Map<String, Double> millis = new LinkedHashMap<>();
        Arrays.stream(ColdPhase.values())
                .forEach(phase -> millis.put(phase.name(), Double.valueOf(words[phase.ordinal()])));
        return new ColdResult(schema, variant.toString(), round, millis, Long.parseLong(words[words.length - 1]));
    }

    double millis(ColdPhase phase) {
        return millis.getOrDefault(phase.name(), 0.0);
    }

    /** From the start of the process to the first mask. */
    double toFirstMask() {
        return Arrays.stream(ColdPhase.values())
                .filter(ColdPhase::comesFirst)
                .mapToDouble(this::millis)
                .sum();
    }

    static String id(String schema, String variant, int round) {
        return String.format(Locale.ROOT, "%s, %s, %03d", schema, variant, round);
    }

    @Override
    @JsonProperty("id")
    public String id() {
        return id(schema, variant, round);
    }
}
