// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.ByteString;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.ExtraKeyword;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was compiled does not fail: a matcher throws nothing but cancellation, the request's own deadline and the memory budget, and
 * on these inputs, under the limits that are set by default, not even those. All entry points, all layouts.
 */
class MatcherContractTest implements CountedTrials {

    private static final List<String> PIECES = List.of(
            "{\"", "\":", "\",\"", "\":\"", "\":{", "},{", "],[", "[[", "]]", "}}", "[{", "}]", ", ", ": ", "\n",
            "\n  ", "  ", "00", "12", "0.", ".5", "e+", "E-1", "e10", "e9999", "-1", "true", "false", "null", "\\\\",
            "\\u00", "\\\"", "(?:", "[^", "{1,", "))", "é", "日本", "😀", "xn--", "::", "//");

    private static final int STEPS = 25;

    /** What is refused, or known to fail. */
    private static final Set<String> LEFT_OUT = Set.of(
            "schema not-regex-names", // refused: some name that is no regular expression
            "schema regex-names-if", // the same
            "schema regex-names-one", // the same
            "schema unique-objects"); // in lines, bytes to the end are counted without the lines of items

    private final List<ContractInput> inputs = ContractInput.all();
    private final TreeMap<String, String> failures = new TreeMap<>();
    private int walks;

    @RandomTrials(240)
    void noEntryPointFailsInAText(long seed, Random random) {
        ContractInput input = inputs.get((int) (seed % inputs.size()));
        if (LEFT_OUT.contains(input.name())) {
            return;
        }
        SchemaOptions options = seed < inputs.size() ? SchemaOptions.DEFAULT : layout(random);
        PushdownAutomaton automaton = compiled(input, options);
        boolean isExact = automaton != null;
        if (automaton == null) {
            automaton = compiled(input, options.allow(Enforcement.NOT_ENFORCED));
        }
        if (automaton == null) {
            // other layouts may need more than the usual one
            if (seed < inputs.size()) {
                failures.put(input.name(), input.name() + " is refused");
            }
            return;
        }
        ContractWalk walk = new ContractWalk(vocabulary(input, random), automaton, isExact, random);
        String begin = random.nextInt(4) > 0 && !input.begins().isEmpty()
                ? input.begins().get(random.nextInt(input.begins().size()))
                : "";
        try {
            walk.run(begin, random.nextInt(STEPS));
            walks++;
        } catch (AssertionError failure) {
            String where = "seed " + seed + " " + input.name() + ": " + failure.getMessage() + " " + options;
            if (Long.getLong("espalier.test.seed") != null) {
                throw new AssertionError(where, failure);
            }
            failures.putIfAbsent(input.name(), where);
        }
    }

    @Override
    public void afterTrials() {
        assertEquals("", String.join("\n", failures.values()));
        assertTrue(walks > inputs.size(), walks + " walks");
    }

    private static @Nullable PushdownAutomaton compiled(ContractInput input, SchemaOptions options) {
        try {
            return input.compiler().apply(options);
        } catch (EspalierException refused) {
            return null;
        }
    }

    private static SchemaOptions layout(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> SchemaOptions.CHECKING;
            case 1 -> SchemaOptions.DEFAULT.withRepeatedKeys(true).withExtraKeywords(ExtraKeyword.DEPENDENCIES);
            default -> RandomLayout.draw(random);
        };
    }

    /** All bytes, common pieces of JSON, words of the input itself, and an end token. */
    private static Vocabulary vocabulary(ContractInput input, Random random) {
        Set<String> words = new LinkedHashSet<>(PIECES);
        List<String> sources = new ArrayList<>(input.begins());
        sources.add(input.source());
        for (int i = 0; i < 40; i++) {
            String source = sources.get(random.nextInt(sources.size()));
            int from = source.offsetByCodePoints(0, random.nextInt(source.codePointCount(0, source.length()) + 1));
            int length = Math.min(source.codePointCount(from, source.length()), 2 + random.nextInt(6));
            words.add(source.substring(from, source.offsetByCodePoints(from, length)));
        }
        words.removeIf(word -> word.getBytes(StandardCharsets.UTF_8).length < 2);
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (String word : words) {
            builder.token(id++, ByteString.utf8(word));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }
}
