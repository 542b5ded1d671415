// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Masks inside strings with patterns and bounds, where most of a vocabulary is taken or left out unread, against every token by itself. */
class TextMaskTest implements CountedTrials {

    private static final List<String> CHARACTERS = List.of(
            "a", "b", "x", "z", "k", "A", "Z", "0", "9", " ", " ", "-", "/", ".", ":", "(", "[", "]", "*", "@", "\"",
            "\\\\", "\\n", "\\u0041", "\n", "\t", "\u007f", "é", "\u00a0", "\u2003", "\u2010", "中", "\ufeff", "😀");

    private static final List<String> SCHEMAS = List.of(
            "\"pattern\":\"^(?:\\\\S+\\\\s+){0,9}\\\\S+$\",\"maxLength\":60",
            "\"pattern\":\"^(?:\\\\S+\\\\s+){0,49}\\\\S+$\",\"minLength\":3,\"maxLength\":300",
            "\"pattern\":\"^$|(^(?:\\\\S+\\\\s+){0,19}\\\\S+$)\"",
            "\"pattern\":\"^[\\\\w\\\\s/.,:-]+$\"",
            "\"pattern\":\"^[^\\\\s]+$\"",
            "\"pattern\":\"^[^ ]+ \\\\s[^a]*$\"",
            "\"pattern\":\"^[a-zA-Z0-9-]{1,40}$\"",
            "\"pattern\":\"^[\\\\s\\\\w]{0,18}[^\\\\u2003]*$\"",
            "\"pattern\":\"^[^中]{3,30}$\",\"maxLength\":20",
            "\"pattern\":\"^[a-z]+:[^/]*$\",\"maxLength\":33",
            "\"pattern\":\"ab\",\"maxLength\":50",
            "\"pattern\":\"^[a-z .]*$\",\"minLength\":10",
            "\"pattern\":\"^[^\\ufeff]*$\"",
            "\"maxLength\":12",
            "\"minLength\":5,\"maxLength\":40",
            "\"minLength\":2,\"maxLength\":5000",
            "\"anyOf\":[{\"maxLength\":9},{\"minLength\":30,\"maxLength\":34}]",
            "\"format\":\"regex\"",
            "\"format\":\"regex\",\"maxLength\":30",
            "\"format\":\"uri-reference\"",
            "\"not\":{\"pattern\":\"[é\\\\u00a0]\"}");

    private int masks;

    @RandomTrials(50)
    void whatIsTakenUnreadIsWhatIsRead(Random random) {
        GrammarCompiler grammars = new GrammarCompiler(vocabulary(random));
        for (int i = 0; i < 4; i++) {
            String schema = "{\"type\":\"string\"," + SCHEMAS.get(random.nextInt(SCHEMAS.size())) + "}";
            Matcher matcher = grammars.compile(new SchemaCompiler()
                            .compile(schema, SchemaOptions.DEFAULT)
                            .automaton())
                    .matcher();
            masks += assertDoesNotThrow(() -> walk(matcher, random, schema), schema);
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= 50, "only " + masks + " masks");
    }

    private static int walk(Matcher matcher, Random random, String where) {
        Vocabulary vocabulary = matcher.grammar().vocabulary();
        matcher.accept('"');
        for (int step = 0; step < 16; step++) {
            TokenMask mask = matcher.mask();
            for (int id = 0; id < vocabulary.size(); id++) {
                if (mask.allows(id) != matcher.allows(id)) {
                    String what = where + " after " + matcher.tokens().length + " tokens: " + vocabulary.text(id);
                    assertEquals(matcher.allows(id), mask.allows(id), what);
                }
            }
            int[] ids = mask.ids();
            int next = ids.length == 0 ? -1 : ids[random.nextInt(ids.length)];
            boolean isEnd = next < 0 || vocabulary.bytes(next).toString().contains("\"");
            if (isEnd && (next < 0 || random.nextInt(4) > 0)) {
                return step + 1;
            }
            matcher.accept(next);
            if (matcher.isTerminated()) {
                return step + 1;
            }
        }
        return 16;
    }

    /** All bytes, and words of characters, some long, some cut off or beginning inside one. */
    private static Vocabulary vocabulary(Random random) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        int used = 2 + random.nextInt(CHARACTERS.size() - 1);
        for (; id < 1_600; id++) {
            StringBuilder word = new StringBuilder();
            for (int i = random.nextInt(random.nextInt(10) == 0 ? 30 : 5); i >= 0; i--) {
                int shared = random.nextInt(6); // most words begin alike, so that subtrees are large
                word.append(CHARACTERS.get(random.nextInt(2) == 0 ? Math.min(shared, used - 1) : random.nextInt(used)));
            }
            byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
            int from = random.nextInt(12) == 0 ? Math.min(1, bytes.length - 1) : 0;
            int to = random.nextInt(6) == 0 ? Math.max(from + 1, bytes.length - 1) : bytes.length;
            builder.token(id, ByteString.of(Arrays.copyOfRange(bytes, from, to)));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }
}
