package dev.espalier.jsonschemabench.hostile;

import dev.espalier.jsonschemabench.run.Bundled;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cases whose expectation is wrong by a standard. They run and are counted, but do not fail a run.
 *
 * @param reasons why, by id
 */
record DisputedCases(Map<String, String> reasons) {

    private static final String RESOURCE = "disputed.txt";

    /** The list that comes with the harness. */
    static DisputedCases read() {
        return parse(Bundled.text(DisputedCases.class, RESOURCE));
    }

    static DisputedCases parse(String text) {
        Map<String, String> reasons = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                reasons.put(line.substring(0, colon), line.substring(colon + 2));
            }
        });
        return new DisputedCases(reasons);
    }

    boolean contains(String id) {
        return reasons.containsKey(id);
    }
}
