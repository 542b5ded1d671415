// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.twoway;

import dev.espalier.jsonschemabench.judge.ReferenceValidator;
import dev.espalier.jsonschemabench.testsuite.SuiteFiles;
import dev.espalier.jsonschemabench.testsuite.SuiteGroup;
import dev.espalier.schemas.options.Draft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The official suite as decoding tests, for each keyword and for pairs of keywords: one line of JSON a schema, in the form of
 * MaskBench's corpus, so that any engine that reads the one reads the other. A keyword is the name of a test file of draft 2020-12.
 *
 * <p>A pair is a group of each keyword with their members side by side, and the documents of both. An independent validator
 * judges these, since keywords side by side may mean more than each alone; groups on which it disagrees with the suite are left
 * out of pairs, and so are groups with references and identifiers.
 */
final class DecodingCases {

    private static final String FOLDER = "draft2020-12";

    /** What stays behind when schemas are put side by side. */
    private static final Set<String> SHARED = Set.of("$schema", "$comment");

    private static final Pattern REFERENCE = Pattern.compile("\"\\$(id|ref|anchor|defs|dynamic\\w+|vocabulary)\"");
    private static final Pattern REMOTE = Pattern.compile("localhost:1234");
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n]+");

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final ReferenceValidator judge = new ReferenceValidator();
    private final Map<String, List<SuiteGroup>> byKeyword = new TreeMap<>();

    /** The cases of a suite; nothing is made before it is asked for. */
    DecodingCases(SuiteFiles suite) {
        suite.tests(FOLDER).forEach((file, text) -> {
            if (!file.contains("/")) {
                String keyword = file.replace(".json", "");
                byKeyword.put(
                        keyword,
                        SuiteGroup.read(Draft.DRAFT_2020_12, file, text).stream()
                                .filter(group -> !REMOTE.matcher(group.schema()).find())
                                .toList());
            }
        });
    }

    /** A line for each group of each keyword. */
    List<String> ofKeywords() {
        List<String> lines = new ArrayList<>();
        Map<String, List<SuiteGroup>> apart = new TreeMap<>();
        byKeyword.forEach((keyword, groups) -> {
            for (int i = 0; i < groups.size(); i++) {
                lines.add(line(
                        id(keyword, i), groups.get(i).schema(), groups.get(i).tests()));
            }
        });
        return lines;
    }

    /**
     * Lines for every pair of keywords that can stand side by side.
     *
     * @param most schemas of one pair
     * @param seed which groups are put together
     */
    List<String> ofPairs(int most, long seed) {
        Map<String, List<SuiteGroup>> apart = new TreeMap<>();
        byKeyword.forEach((keyword, groups) ->
                apart.put(keyword, groups.stream().filter(this::isPlain).toList()));
        List<String> keywords = List.copyOf(apart.keySet());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < keywords.size(); i++) {
            for (int j = i + 1; j < keywords.size(); j++) {
                String pair = keywords.get(i) + " + " + keywords.get(j);
                List<SuiteGroup[]> groups = new ArrayList<>();
                for (SuiteGroup one : apart.getOrDefault(keywords.get(i), List.of())) {
                    for (SuiteGroup other : apart.getOrDefault(keywords.get(j), List.of())) {
                        groups.add(new SuiteGroup[] {one, other});
                    }
                }
                Collections.shuffle(groups, new Random(seed + pair.hashCode()));
                lines.addAll(pairs(pair, groups, most));
            }
        }
        return lines;
    }

    /** Whether a group can stand beside others, and the validator judges it as the suite does. */
    private boolean isPlain(SuiteGroup group) {
        return mapper.readTree(group.schema()).isObject()
                && !REFERENCE.matcher(group.schema()).find()
                && group.tests().stream().allMatch(test -> isValid(group.schema(), test.data()) == test.valid());
    }

    private boolean isValid(String schema, String data) {
        return judge.faults(schema, data).isEmpty();
    }

    private List<String> pairs(String name, List<SuiteGroup[]> groups, int most) {
        List<String> lines = new ArrayList<>();
        for (SuiteGroup[] pair : groups) {
            JsonNode schema = sideBySide(mapper.readTree(pair[0].schema()), mapper.readTree(pair[1].schema()));
            if (lines.size() < most && !schema.isMissingNode()) {
                String text = schema.toString();
                lines.add(line(id(name, lines.size()), text, judged(text, pair)));
            }
        }
        return lines;
    }

    /** Both schemas' members in one object; missing if they share one. */
    private JsonNode sideBySide(JsonNode first, JsonNode second) {
        Set<String> shared = new HashSet<>(first.propertyNames());
        shared.retainAll(second.propertyNames());
        shared.removeAll(SHARED);
        if (!shared.isEmpty()) {
            return mapper.missingNode();
        }
        ObjectNode both = mapper.createObjectNode();
        both.setAll((ObjectNode) first);
        both.setAll((ObjectNode) second);
        return both;
    }

    private List<SuiteGroup.Test> judged(String schema, SuiteGroup[] pair) {
        Set<String> documents = new LinkedHashSet<>();
        for (SuiteGroup group : pair) {
            group.tests().forEach(test -> documents.add(test.data()));
        }
        return documents.stream()
                .map(data -> new SuiteGroup.Test("", data, isValid(schema, data)))
                .toList();
    }

    private static String id(String keywords, int number) {
        return "twoway/" + keywords + "---" + number;
    }

    /** Numbers and texts stay as the suite spells them. */
    private String line(String id, String schema, List<SuiteGroup.Test> tests) {
        StringBuilder line = new StringBuilder("{\"id\": ").append(mapper.writeValueAsString(id));
        line.append(", \"schema\": ").append(schema).append(", \"tests\": [");
        String comma = "";
        for (SuiteGroup.Test test : tests) {
            line.append(comma).append("{\"valid\": ").append(test.valid());
            line.append(", \"data\": ").append(test.data()).append('}');
            comma = ", ";
        }
        return LINE_BREAKS.matcher(line.append("]}")).replaceAll(" ");
    }
}
