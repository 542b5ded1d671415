package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.ByteString;
import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.UnsatisfiableException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.TokenMask;
import dev.espalier.mask.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.SchemaOptions;
import dev.espalier.schemas.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Masks of schemas against {@link Matcher#allows}, token by token: it reads each token by itself, byte by byte, and knows
 * nothing of what masks share. Tokens reach over the ends of keys and values, some over two keys.
 */
class SchemaMaskTest {

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

    private static final List<String> KEY_PATTERNS = List.of(
            "a", "^a", "^[ab]$", "^x.*$", "^(ab|x)$", "^[ab]{1,2}$", "^.$", "b$", "^[^~]*$", "^[~^9]", "^[^a]*$");

    private final Random random = new Random();

    @Test
    void masksOfRandomSchemasAreWhatEachTokenSaysByItself() {
        long seed = Long.getLong("espalier.test.seed", System.nanoTime());
        random.setSeed(seed);
        long until = System.nanoTime() + 1_000_000_000L * Long.getLong("espalier.test.seconds", 5);
        int masks = 0;
        int schemas = 0;
        while (System.nanoTime() < until) {
            Vocabulary vocabulary = vocabulary(2 + random.nextInt(7));
            GrammarCompiler grammars = new GrammarCompiler(vocabulary);
            for (int i = 0; i < 6; i++) {
                String schema = value(3);
                masks += check(grammars, schema, "seed " + seed + ", " + schema);
                schemas++;
            }
        }
        System.out.printf("SchemaMaskTest: %d masks of %d schemas, seed %d%n", masks, schemas, seed);
        assertTrue(masks > 100, "only " + masks);
    }

    @Test
    void aTokenThatEndsTwoKeysNeverRepeatsOne() {
        String pair = "x\":1,\"x\"";
        Vocabulary vocabulary =
                words(List.of("{\"", "x", "y", "\":1,\"", "x\":1,\"y\"", pair, "xx\":1,\"xx\":1}", ":1", "}"));
        String schema = "{\"additionalProperties\":{\"type\":\"integer\"},\"minProperties\":1,\"type\":\"object\"}";
        assertTrue(check(new GrammarCompiler(vocabulary), schema, schema) > 10);
    }

    private int check(GrammarCompiler grammars, String schema, String where) {
        SchemaOptions options =
                SchemaOptions.DEFAULT.withWhiteSpace(random.nextBoolean() ? WhiteSpace.ANY : WhiteSpace.COMPACT);
        try {
            CompiledGrammar grammar = grammars.compile(
                    new SchemaCompiler().compile(schema, options).start());
            int masks = 0;
            for (int walk = 0; walk < 3; walk++) {
                masks += walk(grammar.matcher(), where);
            }
            return masks;
        } catch (UnsatisfiableException | LimitExceededException e) {
            return 0;
        }
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

    private Vocabulary vocabulary(int pieces) {
        List<String> words = new ArrayList<>(List.of("\":1,\"", "\":\"\",\"", "a\":1,\"", "\":{\"a\":", "1,\"x\":"));
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
