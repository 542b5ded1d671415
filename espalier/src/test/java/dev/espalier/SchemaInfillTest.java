// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.core.ByteString;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.decode.InfillDecoder;
import dev.espalier.sampler.diffusion.decode.InfillRequest;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Models that know nothing fill canvases under schemas in random order: the worst case for methods that look ahead at likely tokens. {@code
 * -Despalier.test.infills=200 -Despalier.test.slots=128} for the long run.
 */
class SchemaInfillTest {

    private static final int INFILLS = Integer.getInteger("espalier.test.infills", 10);
    private static final int SLOTS = Integer.getInteger("espalier.test.slots", 48);

    private static final List<String> PIECES = List.of(
            "{\"", "\":", "\":\"", "\",\"", "\"}", "},{", "[{\"", "}]", "]}", "true", "false", "null", "[\"", "\"]",
            "\",", "00", "12", "1.", "e+", "id", "name", "tags", "kind", "list", "\\u00", "\\n", "ab", " ", "  ", "\n");

    private final Vocabulary vocabulary = vocabulary();

    private static Vocabulary vocabulary() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int value = 0; value < 256; value++) {
            builder.token(value, ByteString.of((byte) value));
        }
        for (int i = 0; i < PIECES.size(); i++) {
            builder.token(256 + i, ByteString.utf8(PIECES.get(i)));
        }
        int end = 256 + PIECES.size();
        return builder.special(end, "<end>").endIds(end).build();
    }

    /** Free slots are nothing to it, or random tokens, drawn anew for each pass, that sway it: a model of uniform noise. */
    private record Ignorant(Vocabulary vocabulary, boolean noise) implements MaskedDiffusionModel {

        @Override
        public TextEncoder encoder() {
            return text -> new int[0];
        }

        @Override
        public int contextLength() {
            return 4_096;
        }

        @Override
        public List<Logits> forward(int[] prompt, Canvas canvas, int[] slots) {
            Random random = new Random(canvas.hashCode());
            List<Logits> rows = new ArrayList<>();
            for (int ignored : slots) {
                float[] row = new float[vocabulary.size()];
                if (noise) {
                    row[random.nextInt(row.length)] = 4;
                }
                rows.add(Logits.of(row));
            }
            return rows;
        }

        @Override
        public void close() {}
    }

    private CompiledGrammar compile(String schema) {
        return new GrammarCompiler(vocabulary)
                .compile(new SchemaCompiler()
                        .compile(schema, SchemaOptions.DEFAULT)
                        .automaton());
    }

    @Test
    void everyInfillIsValidWithoutAnythingWrittenTwice() {
        int filled = 0;
        int tooShort = 0;
        long constraint = 0;
        int passes = 0;
        for (long seed = 0; filled < INFILLS; seed++) {
            Random random = new Random(seed);
            String schema = schema(random, 3);
            boolean noise = random.nextBoolean();
            CompiledGrammar grammar;
            try {
                grammar = compile(schema);
            } catch (UnsatisfiableException | UnsupportedFeatureException refused) {
                continue;
            }
            String policy = noise ? "remask:0.9,1+fixed:2,random" : "fixed:1,random";
            InfillResult result = new InfillDecoder(new Ignorant(vocabulary, noise))
                    .decode(InfillRequest.builder(grammar, CanvasLayout.blank(SLOTS))
                            .policy(CommitPolicies.parse(policy))
                            .parameters(SamplingParameters.MODEL.withSeed(seed))
                            .build());
            String where = "seed " + seed + " " + schema + " " + policy + ": ";
            if (result.outcome() instanceof InfillOutcome.Uncompletable) {
                assertEquals(0, result.forwardPasses(), where);
                tooShort++;
                continue;
            }
            assertInstanceOf(InfillOutcome.Complete.class, result.outcome(), where + result.outcome());
            assertEquals(0, result.rejections() * (noise ? 0 : 1), where);
            assertValid(schema, result.text(), where);
            constraint += result.timings().mask();
            passes += result.forwardPasses();
            filled++;
        }
        System.out.printf(
                "infills under schemas: %d valid of %d with %d slots, %d canvases too short; %.1f ms of constraint a pass%n",
                filled, filled, SLOTS, tooShort, constraint / 1e6 / Math.max(1, passes));
    }

    private static void assertValid(String schema, String text, String where) {
        assertEquals(
                List.of(),
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(text, InputFormat.JSON),
                where + text);
    }

    @Test
    void aCanvasThatIsTooShortSaysHowManySlotsItNeeds() {
        CompiledGrammar grammar = compile("{\"type\":\"object\",\"required\":[\"name\"],\"additionalProperties\":false,"
                + "\"properties\":{\"name\":{\"const\":\"ab\"}}}");
        InfillDecoder decoder = new InfillDecoder(new Ignorant(vocabulary, false));
        InfillResult result = decoder.decode(
                InfillRequest.builder(grammar, CanvasLayout.blank(3)).build());
        // {"  name  ":"  ab  "}
        assertEquals(new InfillOutcome.Uncompletable(OptionalInt.of(5)), result.outcome());
        assertEquals(0, result.forwardPasses());
        InfillResult open = decoder.decode(InfillRequest.builder(grammar, CanvasLayout.of(CanvasSegment.gapFrom(3)))
                .build());
        assertEquals("{\"name\":\"ab\"}", open.text());
        assertTrue(open.isComplete());
    }

    /** Open objects remember the names they have seen, which are many states: so only a few slots here. */
    @Test
    void openObjectsAreFilledToo() {
        String schema = "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"boolean\"}},\"required\":[\"id\"]}";
        CompiledGrammar grammar = compile(schema);
        for (long seed = 0; seed < 3; seed++) {
            InfillResult result = new InfillDecoder(new Ignorant(vocabulary, false))
                    .decode(InfillRequest.builder(grammar, CanvasLayout.blank(6))
                            .policy(CommitPolicies.parse("fixed:1,random"))
                            .parameters(SamplingParameters.MODEL.withSeed(seed))
                            .build());
            assertInstanceOf(InfillOutcome.Complete.class, result.outcome(), "seed " + seed + result.outcome());
            assertValid(schema, result.text(), "seed " + seed + " ");
        }
    }

    /** A schema of a few types, names and bounds. */
    private static String schema(Random random, int depth) {
        int bound = 1 + random.nextInt(3);
        return switch (random.nextInt(depth == 0 ? 7 : 10)) {
            case 0 -> "{\"type\":\"integer\",\"minimum\":" + random.nextInt(50) + ",\"maximum\":" + 100 * bound + "}";
            case 1 -> "{\"type\":\"string\",\"minLength\":" + random.nextInt(3) + ",\"maxLength\":" + (2 + bound) + "}";
            case 2 -> "{\"enum\":[\"id\",\"kind\",3,null]}";
            case 3 -> "{\"type\":\"boolean\"}";
            case 4 -> "{\"type\":\"string\",\"pattern\":\"^[a-c]{1,4}$\"}";
            case 5 -> "{\"type\":\"integer\",\"minimum\":-40,\"maximum\":-3}";
            case 6 -> "{\"type\":[\"null\",\"string\"]}";
            case 7 ->
                "{\"type\":\"array\",\"minItems\":" + random.nextInt(2) + ",\"maxItems\":" + bound + ",\"items\":"
                        + schema(random, depth - 1) + "}";
            case 8 -> "{\"anyOf\":[" + schema(random, depth - 1) + "," + schema(random, depth - 1) + "]}";
            default ->
                "{\"type\":\"object\",\"properties\":{\"id\":" + schema(random, depth - 1) + ",\"tags\":"
                        + schema(random, depth - 1) + "},\"required\":[\"" + (random.nextBoolean() ? "id" : "tags")
                        + "\"],\"additionalProperties\":false}";
        };
    }
}
