package dev.espalier.jsonschemabench.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
        try (InputStream stream = DisputedCases.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + RESOURCE + " cannot be read", e);
        }
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
