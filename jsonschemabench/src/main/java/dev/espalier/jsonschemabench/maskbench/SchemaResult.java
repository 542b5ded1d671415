package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
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
 * @param reasons why it was refused or failed, or why no value satisfies it
 * @param checkedAtEnd keywords that are looked at only when a text is finished
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
        List<Reason> checkedAtEnd,
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

    SchemaResult {
        reasons = List.copyOf(reasons);
        checkedAtEnd = List.copyOf(checkedAtEnd);
        tests = List.copyOf(tests);
    }

    /** How results become lines of {@code results.jsonl}. */
    static final ResultsFile.Form<SchemaResult> LINES = new ResultsFile.Form<>() {
        @Override
        public String id(SchemaResult result) {
            return result.id();
        }

        @Override
        public String write(SchemaResult result) {
            return result.toJson();
        }

        @Override
        public SchemaResult read(JsonNode line) {
            return SchemaResult.of(line);
        }
    };

    /** The result of a schema that could not be read. */
    static SchemaResult unreadable(String id, String why) {
        return new SchemaResult(
                id,
                new BenchSchema(id, "", List.of()).dataset(),
                Status.ERROR,
                List.of(new Reason("#", "unreadable", why)),
                List.of(),
                0,
                0,
                0,
                0,
                new StepTimes(),
                List.of());
    }

    /** Valid instances that were refused. */
    long falselyRefused() {
        return tests.stream().filter(test -> test.valid() && !test.accepted()).count();
    }

    /** Invalid instances that were accepted. */
    long falselyAccepted() {
        return tests.stream().filter(test -> !test.valid() && test.accepted()).count();
    }

    /** Whether it compiled to a language without any text. */
    boolean allowsNothing() {
        return status == Status.COMPILED && !reasons.isEmpty();
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
        Reason.write(reasons, node.putArray("reasons"));
        Reason.write(checkedAtEnd, node.putArray("checked_at_end"));
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
                Reason.read(node.path("reasons")),
                Reason.read(node.path("checked_at_end")),
                node.path("schema_bytes").asInt(),
                Math.round(node.path("compile_us").asDouble() * 1000),
                Math.round(node.path("first_mask_us").asDouble() * 1000),
                node.path("trie_nodes").asLong(),
                StepTimes.read(node),
                tests);
    }
}
