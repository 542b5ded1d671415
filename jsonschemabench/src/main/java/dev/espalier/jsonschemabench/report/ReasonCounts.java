// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import dev.espalier.jsonschemabench.run.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How often each keyword, or kind of error, stood in the way. One thread at a time. */
public final class ReasonCounts {

    private static final int SHOWN = 30;

    private final Map<String, Integer> counts = new TreeMap<>();

    /** Nothing yet. */
    public ReasonCounts() {}

    /** Counts the reasons of one thing, each keyword once. */
    public void add(List<Reason> reasons) {
        reasons.stream().map(Reason::keyword).distinct().forEach(keyword -> counts.merge(keyword, 1, Integer::sum));
    }

    /** Keywords with their counts, the most frequent first. */
    public List<Map.Entry<String, Integer>> mostFrequent() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** {@code {keyword: count, …}}, the most frequent first. */
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        mostFrequent().forEach(entry -> node.put(entry.getKey(), entry.getValue()));
        return node;
    }

    /**
     * The counts as a table, without rows if there are none.
     *
     * @param counted what is counted, in the plural
     */
    public Table table(String caption, String counted) {
        Table table = Table.of(caption, "keyword", counted);
        for (Map.Entry<String, Integer> entry : mostFrequent()) {
            table.row(entry.getKey(), entry.getValue());
        }
        return table;
    }

    /** The most frequent ones as bars. */
    public BarChart chart(String description, String counted) {
        BarChart chart = BarChart.counts("Keywords and errors", description, counted);
        mostFrequent().stream().limit(SHOWN).forEach(entry -> chart.add(entry.getKey(), entry.getValue()));
        return chart;
    }
}
