// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.ByteString;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java's regular expressions match the same texts by {@code java.util.regex} as by ECMA-262 in the engine. */
class JavaRegexTest implements CountedTrials {

    private static final List<String> PIECES = List.of(
            "a", "b", "-", "/", "\\.", "\\-", "\\/", ".", "\\d", "\\D", "\\s", "\\S", "\\w", "\\W", "[ab]", "[^ab]",
            "[a-c-]", "[\\s-]", "[\\d_]", "[^\\s]", "[.&]", "\\u00e9", "(", "(?:", ")", "|", "*", "+", "?", "*?", "{2}",
            "{1,2}", "^", "$", "é", "\\n", "#", "[", "]", "&&", "++", "\\b", "(?=a)", "\\1");
    private static final String LETTERS = "aabbc-/.5_ \t\n\u0085\u00a0\u2028é#&";

    private final OutputCompiler compiler = new OutputCompiler(bytes());
    private int translated;
    private int matched;

    private static Vocabulary bytes() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        return builder.special(256, "<end>").endIds(256).build();
    }

    @RandomTrials(3000)
    void whatIsTranslatedMatchesTheSameTexts(Random random) {
        StringBuilder expression = new StringBuilder();
        for (int length = 1 + random.nextInt(6); length > 0; length--) {
            expression.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        Optional<String> ecma = JavaRegex.toEcma(expression.toString());
        if (ecma.isEmpty()) {
            return;
        }
        Pattern java;
        try {
            java = Pattern.compile(expression.toString());
        } catch (PatternSyntaxException e) {
            throw new AssertionError(expression + " became " + ecma.get(), e);
        }
        translated++;
        var grammar = compiler.compile(Output.regex(ecma.get())).grammar();
        for (int trial = 0; trial < 12; trial++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(4); length > 0; length--) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            boolean expected = java.matcher(text).matches();
            matched += expected ? 1 : 0;
            assertEquals(
                    expected,
                    accepts(grammar.matcher(), text.toString()),
                    () -> expression + " as " + ecma.get() + ": '" + text + "'");
        }
    }

    private static boolean accepts(Matcher matcher, String text) {
        try {
            matcher.acceptText(text.getBytes(StandardCharsets.UTF_8));
            return matcher.isAccepting();
        } catch (EspalierException refused) {
            return false;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(translated > 500, () -> translated + " translated");
        assertTrue(matched > 500, () -> matched + " matched");
    }

    @Test
    void aTranslationIsAnchoredAndSpellsOutWhatDiffers() {
        assertEquals(Optional.of("^(?:[A-Z]{2}[\\t-\\r ]\\d+)$"), JavaRegex.toEcma("^[A-Z]{2}\\s\\d+?$"));
        assertEquals(Optional.of("^(?:a|(?:b))$"), JavaRegex.toEcma("a|(b)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)a",
                "a++",
                "\\bword\\b",
                "(a)\\1",
                "(?=a)a",
                "[a&&b]",
                "[a[b]]",
                "^a|b$",
                "\\p{L}",
                "\\Qa\\E",
                "a{2",
                "(a",
                "a)",
                "[a",
                "\\R",
                "\\z",
                "\\x41",
                "*a",
                "[a-\\d]"
            })
    void whatDiffersOrIsUnknownIsNotTranslated(String expression) {
        assertEquals(Optional.empty(), JavaRegex.toEcma(expression));
    }
}
