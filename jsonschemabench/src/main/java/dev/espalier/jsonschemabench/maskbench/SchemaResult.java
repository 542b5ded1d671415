package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a schema and its instances: one line of {@code results.jsonl}.
 *
 * @param schema what became of the schema
 * @param firstMaskNanos from its text to the first mask
 * @param nodes trie nodes that its masks visited
 * @param collectionNanos garbage collection while it ran, in nanoseconds; part of the times of what it interrupted
 * @param steps times of its masks
 * @param tests its instances
 */
public record SchemaResult(
        SchemaOutcome schema,
        long firstMaskNanos,
        TrieNodes nodes,
        long collectionNanos,
        StepTimes steps,
        List<TestResult> tests)
        implements ResultsFile.Result {

    /** Copies the list. */
    public SchemaResult {
        tests = List.copyOf(tests);
    }

    /** The result of a schema that could not be read. */
    static SchemaResult unreadable(String id, String why) {
        return of(SchemaOutcome.unreadable(id, why), 0, new StepTimes(), List.of());
    }

    /** A result of which no more is known. */
    public static SchemaResult of(SchemaOutcome schema, long firstMaskNanos, StepTimes steps, List<TestResult> tests) {
        return new SchemaResult(schema, firstMaskNanos, TrieNodes.NONE, 0, steps, tests);
    }

    @Override
    public String id() {
        return schema.id();
    }

    /** Valid instances that were refused. */
    public long falselyRefused() {
        return tests.stream().filter(test -> test.valid() && !test.accepted()).count();
    }

    /** Invalid instances that were accepted. */
    public long falselyAccepted() {
        return tests.stream().filter(test -> !test.valid() && test.accepted()).count();
    }

    /** Whether it compiled to a language without any text. */
    public boolean allowsNothing() {
        return schema.isCompiled() && !schema.reasons().isEmpty();
    }

    /** Whether it compiled and every instance got the verdict it should. */
    public boolean passes() {
        return schema.isCompiled() && falselyRefused() == 0 && falselyAccepted() == 0;
    }

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        schema.write(node);
        node.put("first_mask_us", firstMaskNanos / 1000.0);
        node.put("gc_ms", collectionNanos / 1e6);
        node.put("masks", steps.mask().count());
        nodes.write(node);
        steps.write(node);
        ArrayNode all = node.putArray("tests");
        for (TestResult test : tests) {
            ObjectNode one = all.addObject();
            one.put("valid", test.valid()).put("accepted", test.accepted()).put("tokens", test.tokens());
            if (test.rejectedAt() < 0) {
                one.putNull("rejected_at");
            } else {
                one.put("rejected_at", test.rejectedAt());
            }
        }
        return node.toString();
    }

    /**
     * The result that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if this is nothing of the kind
     */
    public static SchemaResult of(JsonNode node) {
        List<TestResult> tests = new ArrayList<>();
        node.path("tests")
                .forEach(test -> tests.add(new TestResult(
                        test.path("valid").asBoolean(),
                        test.path("accepted").asBoolean(),
                        test.path("tokens").asInt(),
                        test.path("rejected_at").asInt(-1))));
        return new SchemaResult(
                SchemaOutcome.read(node),
                Math.round(node.path("first_mask_us").asDouble() * 1000),
                TrieNodes.read(node),
                Math.round(node.path("gc_ms").asDouble() * 1e6),
                StepTimes.read(node),
                tests);
    }
}
