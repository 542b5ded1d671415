// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Masks of schemas against {@link Matcher#allows}, token by token: it reads each token by itself, byte by byte, and knows
 * nothing of what masks share. Tokens reach over the ends of keys and values, some over two keys.
 */
class SchemaMaskTest implements CountedTrials {

    private static final int LAYOUTS = 3;

    private static final List<String> PIECES = List.of(
            "\"", "\"", "\"", ":", ": ", ",", ", ", "{", "}", "[", "]", "a", "b", "ab", "id", "x", "1", "0", "12", " ",
            "é", "\\", "\\u00", "61", "\\n", "true", "null", "\n", "-", ".5", "e2");

    private static final List<String> RARE_PIECES =
            List.of("~", "\u007f", "\\\"", "\u0001", "\t", "😀", "{}", "[]", "\",\"", "},");

    private static final List<String> OVER_ITEMS =
            ("},{ },{\" },_{\"a \"},{\" 1},{ ],[\" \",\" },{} },{\"a\": },\"\",{} ],\"a\",[] ,\"\",{\"a\":1} \":\"\"},\"\",{\" ]],[[")
                    .replace(' ', '\n')
                    .replace('_', ' ')
                    .lines()
                    .toList();

    private static final List<String> BLANKS =
            List.of("  ", "   ", " ".repeat(9), " ".repeat(19), " ".repeat(21), "\n  ", ",\n  \"");

    private static final Pattern KEY_BEHIND_COMMA = Pattern.compile(",\\s*\"(?:[^\"\\\\]|\\\\.)*\"");

    private static final List<String> KEY_PATTERNS = List.of(
            "a", "^a", "^[ab]$", "^x.*$", "^(ab|x)$", "^[ab]{1,2}$", "^.$", "b$", "^[^~]*$", "^[~^9]", "^[^a]*$");

    private static final List<String> ITEMS = List.of(
            "{\"type\":\"string\",\"maxLength\":2}",
            "{\"type\":\"string\",\"maxLength\":20}",
            "{\"type\":\"string\",\"minLength\":2,\"maxLength\":9}",
            "{\"type\":\"string\",\"pattern\":\"^[ab]{1,3}x?$\"}",
            "{\"type\":\"string\",\"format\":\"regex\",\"maxLength\":9}",
            "{\"type\":\"string\",\"format\":\"date\"}",
            "{\"enum\":[\"a\",\"b\",\"ab\",\"abab\",\"x\",\"id\"]}",
            "{\"type\":\"integer\",\"multipleOf\":1009}",
            "{\"type\":\"number\",\"multipleOf\":123456.5}",
            "{\"type\":[\"string\",\"integer\"],\"maxLength\":3,\"multipleOf\":10007}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"maxLength\":4},\"id\":{\"type\":\"integer\",\"multipleOf\":1009}}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"^[ab]*$\"}}");

    private Random random = new Random(0);
    private int masks;

    @RandomTrials(15)
    void masksOfRandomSchemasAreWhatEachTokenSaysByItself(Random trial) {
        random = trial;
        GrammarCompiler grammars = new GrammarCompiler(vocabulary(2 + random.nextInt(7), random.nextInt(3) > 0));
        SchemaCompiler schemas = new SchemaCompiler();
        for (int i = 0; i < 6; i++) {
            masks += check(grammars, schemas, value(3));
        }
    }

    @Test
    void itemsThatDifferVisitFewNodes() {
        random = new Random(3);
        Vocabulary vocabulary = vocabulary(4, true);
        String schema = "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":40},\"uniqueItems\":true}";
        Matcher matcher = new GrammarCompiler(vocabulary)
                .compile(new SchemaCompiler()
                        .compile(schema, SchemaOptions.DEFAULT)
                        .automaton())
                .matcher();
        for (int symbol : "[\"ab\",\"a".chars().toArray()) {
            TokenMask unused = matcher.mask();
            matcher.accept(symbol);
        }
        TokenMask mask = matcher.mask();
        masks = 10;
        long nodes = matcher.lastStats().nodes();
        assertTrue(mask.count() > vocabulary.size() / 3 && nodes < mask.count(), nodes + " nodes, " + mask.count());
    }

    @RandomTrials(6)
    void masksOfItemsThatDifferAreWhatEachTokenSaysByItself(Random trial) {
        random = trial;
        GrammarCompiler grammars = new GrammarCompiler(vocabulary(2 + random.nextInt(7), random.nextInt(3) > 0));
        SchemaCompiler schemas = new SchemaCompiler();
        for (int i = 0; i < 4; i++) {
            String unique = random.nextInt(4) == 0 ? "\"not\":{\"uniqueItems\":true}" : "\"uniqueItems\":true";
            masks += check(
                    grammars,
                    schemas,
                    "{\"type\":\"array\",\"items\":" + any(ITEMS) + "," + unique + some(",\"minItems\":2")
                            + some(",\"maxItems\":" + (2 + random.nextInt(3))) + "}");
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= 10, "only " + masks + " masks");
    }

    @Test
    void aTokenThatEndsTwoKeysNeverRepeatsOne() {
        String pair = "x\":1,\"x\"";
        Vocabulary vocabulary =
                words(List.of("{\"", "x", "y", "\":1,\"", "x\":1,\"y\"", pair, "xx\":1,\"xx\":1}", ":1", "}"));
        String schema = "{\"additionalProperties\":{\"type\":\"integer\"},\"minProperties\":1,\"type\":\"object\"}";
        masks = check(new GrammarCompiler(vocabulary), new SchemaCompiler(), schema);
    }

    /** One schema written in several ways, all served by one compiler, whose masks they share. */
    private int check(GrammarCompiler grammars, SchemaCompiler schemas, String schema) {
        int count = 0;
        for (int layout = 0; layout < LAYOUTS; layout++) {
            SchemaOptions options = layout(schema);
            try {
                CompiledGrammar grammar =
                        grammars.compile(schemas.compile(schema, options).automaton());
                for (int walk = 0; walk < 2; walk++) {
                    count += walk(grammar.matcher(), options.whiteSpace() + " " + options.memberOrder() + " " + schema);
                }
            } catch (UnsatisfiableException | LimitExceededException e) {
                continue;
            }
        }
        return count;
    }

    /** Numbers of which no two are equal have one spelling: with any, the search for one that differs takes very long. */
    private SchemaOptions layout(String schema) {
        SchemaOptions options = RandomLayout.draw(random);
        return schema.contains("uniqueItems") ? options.withNumberSpelling(NumberSpelling.PLAIN) : options;
    }

    private int walk(Matcher matcher, String where) {
        Vocabulary vocabulary = matcher.grammar().vocabulary();
        for (int step = 0; step < 24; step++) {
            TokenMask mask = matcher.mask();
            for (int id = 0; id < vocabulary.size(); id++) {
                if (mask.allows(id) != matcher.allows(id)) {
                    String text = IntStream.of(matcher.tokens())
                            .mapToObj(vocabulary::text)
                            .collect(Collectors.joining());
                    assertEquals(
                            matcher.allows(id), mask.allows(id), where + " after " + text + ": " + vocabulary.text(id));
                }
            }
            int[] allowed = mask.ids();
            if (allowed.length == 0) {
                return step;
            }
            int chosen = allowed[random.nextInt(allowed.length)];
            for (int id : allowed) { // longer tokens sooner
                if (vocabulary.text(id).length() > 3 && random.nextInt(8) == 0) {
                    chosen = id;
                }
            }
            matcher.accept(chosen);
            if (matcher.isTerminated()) {
                return step;
            }
        }
        return 24;
    }

    /**
     * Random words.
     *
     * @param quiet without words that end a key behind a comma: then objects that look alike have their masks together
     */
    private Vocabulary vocabulary(int pieces, boolean quiet) {
        List<String> words = new ArrayList<>(List.of("\":1,\"", "\":\"\",\"", "a\":1,\"", "\":{\"a\":", "1,\"x\":"));
        words.addAll(BLANKS);
        for (String word : OVER_ITEMS) {
            if (random.nextInt(3) > 0) {
                words.add(word);
            }
        }
        for (int i = 0; i < 150; i++) {
            words.add(IntStream.range(0, 1 + random.nextInt(pieces))
                    .mapToObj(n -> random.nextInt(6) == 0 ? any(RARE_PIECES) : any(PIECES))
                    .collect(Collectors.joining()));
        }
        if (quiet) {
            words.removeIf(word -> KEY_BEHIND_COMMA.matcher(word).find());
        }
        return words(words);
    }

    private String any(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static Vocabulary words(List<String> words) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (String word : words) {
            builder.token(id++, ByteString.of(word.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0 -> random.nextBoolean() ? "true" : "{}";
            case 1 ->
                "{\"type\":\"string\"" + some(",\"maxLength\":" + random.nextInt(4))
                        + some(",\"pattern\":\"" + KEY_PATTERNS.get(random.nextInt(KEY_PATTERNS.size())) + "\"") + "}";
            case 2 ->
                "{\"type\":\"" + (random.nextBoolean() ? "integer" : "number") + "\"" + some(",\"minimum\":1")
                        + some(",\"maximum\":20") + "}";
            case 3 -> "{\"enum\":[\"a\",\"ab\",1,null,{\"a\":1}]}";
            case 4 -> "{\"type\":[\"boolean\",\"null\"]}";
            case 5 ->
                "{\"type\":\"array\",\"items\":" + value(depth - 1) + some(",\"uniqueItems\":true")
                        + some(",\"maxItems\":" + (1 + random.nextInt(4))) + "}";
            case 6 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    /** An array whose items differ, and are of several types. */
    private String array(int depth) {
        String types = List.of("string", "object", "array", "null", "integer").stream()
                .filter(type -> random.nextInt(5) < 2)
                .map(type -> "\"" + type + "\"")
                .collect(Collectors.joining(","));
        return "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{"
                + (types.isEmpty() ? "" : "\"type\":[" + types + "]" + (depth > 0 ? "," : ""))
                + (depth > 0
                        ? "\"items\":" + value(depth - 1) + some(",\"additionalProperties\":" + value(depth - 1))
                        : "")
                + "}" + some(",\"minItems\":2") + "}";
    }

    private String object(int depth) {
        String properties = List.of("a", "ab", "id", "~", "^x").stream()
                .filter(name -> random.nextBoolean())
                .map(name -> "\"" + name + "\":" + value(depth))
                .collect(Collectors.joining(","));
        return "{\"type\":\"object\",\"properties\":{" + properties + "}"
                + some(",\"required\":[\"a\"]")
                + some(",\"additionalProperties\":" + (random.nextBoolean() ? "false" : value(depth)))
                + some(",\"patternProperties\":{\"" + KEY_PATTERNS.get(random.nextInt(KEY_PATTERNS.size())) + "\":"
                        + value(depth) + "}")
                + some(",\"minProperties\":" + random.nextInt(4))
                + some(",\"maxProperties\":" + (1 + random.nextInt(4)))
                + some(",\"propertyNames\":{\"pattern\":\"" + KEY_PATTERNS.get(random.nextInt(KEY_PATTERNS.size()))
                        + "\"}")
                + "}";
    }

    private String some(String part) {
        return random.nextInt(3) == 0 ? part : "";
    }
}
