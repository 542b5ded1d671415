// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.span.SlowSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Schemas that demand spans of sources beside other keywords for strings, and combinations of them, against a look at each span. */
@org.jspecify.annotations.NullUnmarked
class SpanFormulasTest implements CountedTrials {

    private static final String LETTERS = "aB \n";
    private static final int LONGEST = 4;
    private static final List<String> PATTERNS = List.of("a", "^[aB]", "B$", "^(a|B )*$", "^\\s", "aa|BB", "^.B");

    private int accepted;
    private int rejected;

    /** A schema and the strings that it allows. */
    record Said(String schema, Predicate<String> holds) {}

    static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size() && texts.get(i).length() < LONGEST; i++) {
            for (char letter : LETTERS.toCharArray()) {
                texts.add(texts.get(i) + letter);
            }
        }
        return texts;
    }

    static String source(Random random) {
        return random.ints(1 + random.nextInt(12), 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    static Said formula(Random random, int depth, String first, String second) {
        int kind = random.nextInt(depth == 0 ? 7 : 11);
        switch (kind) {
            case 0, 1, 2, 3 -> {
                boolean isSecond = random.nextBoolean();
                boolean folded = random.nextBoolean();
                boolean words = random.nextInt(3) == 0;
                String of = isSecond ? second : first;
                return new Said(
                        "{\"x-from-source\":{" + (isSecond ? "\"source\":\"other\"," : "") + "\"match\":\""
                                + (folded ? "folded" : "exact") + "\",\"words\":" + words + "}}",
                        text -> SlowSpans.holds(of, text, folded, words));
            }
            case 4 -> {
                String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
                return new Said(
                        "{\"pattern\":" + quoted(pattern) + "}",
                        java.util.regex.Pattern.compile(
                                        pattern.replace(".", "[^\\n]").replace("$", "\\z"))
                                .asPredicate());
            }
            case 5 -> {
                int count = random.nextInt(LONGEST + 1);
                return random.nextBoolean()
                        ? new Said("{\"minLength\":" + count + "}", text -> text.length() >= count)
                        : new Said("{\"maxLength\":" + count + "}", text -> text.length() <= count);
            }
            case 6 -> {
                List<String> all = texts();
                List<String> some = random.ints(1 + random.nextInt(4), 0, all.size())
                        .distinct()
                        .mapToObj(all::get)
                        .toList();
                return new Said(
                        "{\"enum\":["
                                + some.stream().map(SpanFormulasTest::quoted).collect(Collectors.joining(",")) + "]}",
                        some::contains);
            }
            case 7 -> {
                Said part = formula(random, depth - 1, first, second);
                return new Said("{\"not\":" + part.schema + "}", part.holds.negate());
            }
            default -> {
                List<Said> parts = IntStream.range(0, 2 + random.nextInt(2))
                        .mapToObj(i -> formula(random, depth - 1, first, second))
                        .toList();
                String schemas = parts.stream().map(Said::schema).collect(Collectors.joining(","));
                String keyword = List.of("anyOf", "allOf", "oneOf").get(kind - 8);
                return new Said("{\"" + keyword + "\":[" + schemas + "]}", text -> {
                    long count =
                            parts.stream().filter(part -> part.holds.test(text)).count();
                    return kind == 8 ? count > 0 : kind == 9 ? count == parts.size() : count == 1;
                });
            }
        }
    }

    @RandomTrials(80)
    void formulasOverSpansAreExact(Random random, long seed) {
        String first = source(random);
        String second = source(random);
        Said said = formula(random, 2, first, second);
        String schema = "{\"type\":\"string\",\"pattern\":" + quoted("^[aB \n]*$") + ",\"maxLength\":" + LONGEST
                + ",\"allOf\":[" + said.schema + "]}";
        SchemaOptions options = SchemaOptions.DEFAULT
                .withSource(first)
                .withSource("other", second)
                .withSpelling(Spelling.values()[random.nextInt(Spelling.values().length)]);
        String where = schema + " with " + quoted(first) + " and " + quoted(second) + ", seed " + seed;
        List<String> good = texts().stream().filter(said.holds).toList();
        if (good.isEmpty()) {
            assertThrows(UnsatisfiableException.class, () -> Recogniser.of(schema, options), where);
            return;
        }
        Recogniser recogniser = Recogniser.of(schema, options);
        for (String text : texts()) {
            boolean isGood = good.contains(text);
            assertEquals(isGood, recogniser.accepts(quoted(text)), () -> quoted(text) + " by " + where);
            boolean leadsOn = good.stream().anyMatch(one -> one.startsWith(text));
            String beginning = quoted(text).substring(0, quoted(text).length() - 1);
            assertEquals(leadsOn, !recogniser.after(beginning).isEmpty(), () -> beginning + " by " + where);
            accepted += isGood ? 1 : 0;
            rejected += isGood ? 0 : 1;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(accepted > 20 && rejected > 20, accepted + " accepted, " + rejected + " rejected");
    }
}
