// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

/** Patterns as users write them, beside {@code java.util.regex}; each compiles within a second's work. */
class RealLifePatternsTest {

    private static final SchemaOptions OPTIONS =
            SchemaOptions.DEFAULT.withLimits(Limits.DEFAULT.withCompileDeadline(Duration.ofSeconds(1)));
    private static final Pattern TIMES = Pattern.compile("<([^<>]*)\\*(\\d+)>");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final SchemaOptions FEW_STATES =
            SchemaOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxAutomatonStates(20_000));

    /** One for all, which knows the patterns that it has met. */
    private final SchemaCompiler compiler = new SchemaCompiler();

    private Recogniser recogniser(String schema, SchemaOptions options) {
        return new Recogniser(compiler.compile(schema, options).automaton().start());
    }

    /** A pattern with texts and whether they match. */
    private record Line(String pattern, Map<String, Boolean> texts) {}

    private static List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        try (InputStream in = RealLifePatternsTest.class.getResourceAsStream("real-life.txt")) {
            String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : all.lines().toList()) {
                boolean isText = line.startsWith("+") || line.startsWith("-");
                if (isText) {
                    lines.get(lines.size() - 1).texts.put(spelled(line.substring(1)), line.startsWith("+"));
                } else if (!line.startsWith("#")) {
                    lines.add(new Line(line, new LinkedHashMap<>()));
                }
            }
        }
        return lines;
    }

    private static String spelled(String text) {
        String spelled = text;
        for (Matcher found = TIMES.matcher(spelled); found.find(); found = TIMES.matcher(spelled)) {
            String times = found.group(1).repeat(Integer.parseInt(found.group(2)));
            spelled = spelled.substring(0, found.start()) + times + spelled.substring(found.end());
        }
        return spelled;
    }

    /** Java's dollar also matches before a last line end, and its dot leaves U+0085 out. */
    private static Pattern java(String pattern) {
        StringBuilder java = new StringBuilder();
        boolean isClass = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                java.append(c).append(pattern.charAt(++i));
                continue;
            }
            java.append(isClass && c == '[' ? "\\[" : !isClass && c == '$' ? "\\z" : String.valueOf(c));
            isClass = c == '[' || (isClass && c != ']');
        }
        return Pattern.compile(java.toString());
    }

    private static String string(String text) {
        return JSON.writeValueAsString(text);
    }

    private static String schema(String pattern, String rest) {
        return "{\"type\":\"string\",\"pattern\":" + string(pattern) + rest + "}";
    }

    /** Some patterns, for the passes beside the first. */
    private static List<Line> everyThird() throws IOException {
        List<Line> lines = lines();
        return IntStream.range(0, lines.size())
                .filter(i -> i % 3 == 0)
                .mapToObj(lines::get)
                .toList();
    }

    /** One after the other: they share what was compiled. */
    @Test
    void textsMatchWhatJavaMatches() throws IOException {
        stringsMatchWhatJavaMatches();
        besideALengthTheyMatchThoseThatAreShort();
        otherStringsAreThoseThatDoNotMatch();
        keysMatchWhatStringsMatch();
    }

    private void stringsMatchWhatJavaMatches() throws IOException {
        List<Line> lines = lines();
        assertTrue(lines.size() >= 60, lines.size() + " patterns");
        Random random = new Random(253);
        for (Line line : lines) {
            Recogniser strings = recogniser(schema(line.pattern, ""), OPTIONS);
            Pattern java = java(line.pattern);
            line.texts.forEach((text, matches) -> {
                assertEquals(
                        matches, found(java, text).orElse(matches), () -> line.pattern + " on " + text + " in Java");
                assertEquals(matches, strings.accepts(string(text)), () -> line.pattern + " on " + text);
                for (int i = 0; i < 2; i++) {
                    String mutant = mutant(text, random);
                    boolean isRead = strings.accepts(string(mutant));
                    assertEquals(found(java, mutant).orElse(isRead), isRead, () -> line.pattern + " on " + mutant);
                }
            });
        }
    }

    private void besideALengthTheyMatchThoseThatAreShort() throws IOException {
        for (Line line : everyThird()) {
            Recogniser strings = recogniser(schema(line.pattern, ",\"minLength\":3,\"maxLength\":60"), OPTIONS);
            line.texts.forEach((text, matches) -> {
                int length = text.codePointCount(0, text.length());
                assertEquals(
                        matches && length >= 3 && length <= 60,
                        strings.accepts(string(text)),
                        () -> line.pattern + " on " + text);
            });
        }
    }

    private void otherStringsAreThoseThatDoNotMatch() throws IOException {
        for (Line line : everyThird()) {
            String not = "{\"type\":\"string\",\"not\":{\"pattern\":" + string(line.pattern) + "}}";
            Recogniser strings = recogniser(not, OPTIONS);
            line.texts.forEach((text, matches) ->
                    assertEquals(!matches, strings.accepts(string(text)), () -> "not " + line.pattern + " on " + text));
        }
    }

    private void keysMatchWhatStringsMatch() throws IOException {
        int refused = 0;
        for (Line line : everyThird()) {
            String named = "{\"type\":\"object\",\"propertyNames\":{\"pattern\":" + string(line.pattern) + "}}";
            String some = "{\"type\":\"object\",\"additionalProperties\":false,\"patternProperties\":{"
                    + string(line.pattern) + ":true}}";
            for (String schema : List.of(named, some)) {
                try {
                    Recogniser objects = recogniser(schema, FEW_STATES);
                    line.texts.forEach((text, matches) -> assertEquals(
                            matches, objects.accepts("{" + string(text) + ":1}"), () -> schema + " on " + text));
                } catch (LimitExceededException e) {
                    refused++;
                }
            }
        }
        assertTrue(refused < 30, refused + " refused");
    }

    /** What Java finds; empty where it looks at too many characters, again and again. */
    private static Optional<Boolean> found(Pattern java, String text) {
        int[] looks = new int[1];
        CharSequence counted = new CharSequence() {
            @Override
            public int length() {
                return text.length();
            }

            @Override
            public char charAt(int index) {
                if (looks[0]++ > 300_000) {
                    throw new ArithmeticException();
                }
                return text.charAt(index);
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return text.subSequence(start, end);
            }
        };
        try {
            return Optional.of(java.matcher(counted).find());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static String mutant(String text, Random random) {
        int at = text.isEmpty() ? 0 : random.nextInt(text.length());
        String letter = String.valueOf("a-.:/ 0A@".charAt(random.nextInt(9)));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at) + letter + text.substring(at);
            case 1 -> text.isEmpty() ? letter : text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.isEmpty() ? letter : text.substring(0, at) + letter + text.substring(at + 1);
            default -> text + letter;
        };
    }
}
