// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.grammar.testing.SlowRecognizer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds a grammar to lines of {@code + sentence} and {@code - other text}. */
public final class SentenceCheck {

    private SentenceCheck() {}

    public static void check(Grammar grammar, String lines) {
        SlowRecognizer recognizer = new SlowRecognizer(grammar);
        for (String line : lines.split("\n")) {
            String text = line.length() < 2 ? "" : unescaped(line.substring(2));
            boolean accepted = recognizer.accepts(text.getBytes(StandardCharsets.UTF_8));
            assertEquals(line.startsWith("+"), accepted, line);
        }
    }

    /** Java's escapes, those of Unicode too. */
    private static String unescaped(String text) {
        Matcher unicode = Pattern.compile("\\\\u([0-9a-fA-F]{4})").matcher(text);
        String plain = unicode.replaceAll(
                hit -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hit.group(1), 16))));
        return plain.translateEscapes();
    }
}
