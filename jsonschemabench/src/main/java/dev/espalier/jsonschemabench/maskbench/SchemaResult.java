package dev.espalier.jsonschemabench.maskbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a schema: one line of {@code results.jsonl}.
 *
 * @param id the corpus' name for it
 * @param dataset its data set
 * @param status how it ended
 * @param reasons why it was refused or failed
 * @param schemaBytes the length of its text in UTF-8
 * @param compileNanos from its text to a grammar compiled for the vocabulary
 * @param firstMaskNanos from its text to the first mask
 * @param trieNodes trie nodes visited for all masks
 * @param steps times of its masks
 * @param tests its instances
 */
record SchemaResult(
        String id,
        String dataset,
        Status status,
        List<Reason> reasons,
        int schemaBytes,
        long compileNanos,
        long firstMaskNanos,
        long trieNodes,
        StepTimes steps,
        List<TestResult> tests) {

    /** How a schema ended. */
    enum Status {
        /** It compiled, and all instances were run. */
        COMPILED,
        /** A typed error while compiling. */
        REFUSED,
        /** Any error while running, and foreign ones while compiling. */
        ERROR,
        /** Past the time for one schema. */
        TIMEOUT
    }

    /**
     * Why a schema did not get through.
     *
     * @param pointer where in the schema, as a JSON pointer; {@code #} if unknown
     * @param keyword the keyword, or the kind of error
     * @param reason in words
     */
    record Reason(String pointer, String keyword, String reason) {}

    SchemaResult {
        reasons = List.copyOf(reasons);
        tests = List.copyOf(tests);
    }

    /** Valid instances that were refused. */
    long falselyRefused() {
        return tests.stream().filter(test -> test.valid() && !test.accepted()).count();
    }

    /** Invalid instances that were accepted. */
    long falselyAccepted() {
        return tests.stream().filter(test -> !test.valid() && test.accepted()).count();
    }

    /** Whether it compiled and every instance got the verdict it should. */
    boolean passes() {
        return status == Status.COMPILED && falselyRefused() == 0 && falselyAccepted() == 0;
    }

    /** One line of JSON. */
    String toJson() {
        JsonMapper json = JsonMapper.shared();
        ObjectNode node = json.createObjectNode();
        node.put("id", id).put("dataset", dataset);
        node.put("status", status.name().toLowerCase(Locale.ROOT));
        ArrayNode why = node.putArray("reasons");
        for (Reason reason : reasons) {
            why.addObject()
                    .put("pointer", reason.pointer())
                    .put("keyword", reason.keyword())
                    .put("reason", reason.reason());
        }
        node.put("schema_bytes", schemaBytes);
        node.put("compile_us", compileNanos / 1000.0).put("first_mask_us", firstMaskNanos / 1000.0);
        node.put("masks", steps.mask().count()).put("trie_nodes", trieNodes);
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

    /** The result that {@link #toJson()} wrote. */
    static SchemaResult of(JsonNode node) {
        List<Reason> reasons = new ArrayList<>();
        node.path("reasons")
                .forEach(reason -> reasons.add(new Reason(
                        reason.path("pointer").asString(""),
                        reason.path("keyword").asString(""),
                        reason.path("reason").asString(""))));
        List<TestResult> tests = new ArrayList<>();
        node.path("tests")
                .forEach(test -> tests.add(new TestResult(
                        test.path("valid").asBoolean(),
                        test.path("accepted").asBoolean(),
                        test.path("tokens").asInt(),
                        test.path("rejected_at").asInt(-1))));
        return new SchemaResult(
                node.path("id").asString(),
                node.path("dataset").asString(),
                Status.valueOf(node.path("status").asString().toUpperCase(Locale.ROOT)),
                reasons,
                node.path("schema_bytes").asInt(),
                Math.round(node.path("compile_us").asDouble() * 1000),
                Math.round(node.path("first_mask_us").asDouble() * 1000),
                node.path("trie_nodes").asLong(),
                StepTimes.read(node),
                tests);
    }
}
