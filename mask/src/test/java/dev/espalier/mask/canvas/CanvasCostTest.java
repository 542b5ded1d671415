package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What charts cost, in entries and in bytes, a few times of which is a failure. */
class CanvasCostTest {

    private static final long MOST_BYTES = 50L << 20;

    private static final Limits AMPLE =
            Limits.DEFAULT.with("compileDeadline", 120_000).with("maxCompileBytes", 2L << 30);

    @Test
    void aBlankCanvasOf64SlotsForJson() {
        Toy toy = Toy.jsonWithBytes("{}[]\",:01ax \\u", "{\"", "\":", "\",", "},{\"", "\"}", "]]", Toy.END);
        for (int size = 16; size <= 64; size *= 2) {
            Canvas canvas = Canvas.blank(toy.grammar().vocabulary(), size);
            cost("JSON, toy vocabulary, blank " + size, toy.parser(), canvas);
            cost("JSON, toy vocabulary, blank " + size + " again", toy.parser(), canvas);
        }
    }

    @Test
    void aBoundThatNoCanvasReachesCostsNothing() {
        String[] tokens = {"\"", "a", "b", "ab", "abab", "\"!", Toy.END};
        Toy free = Toy.of("root ::= \"\\\"\" [ab]* \"\\\"\" \"!\"?", tokens);
        Toy bounded = Toy.of("root ::= \"\\\"\" [ab]{0,4096} \"\\\"\" \"!\"?", tokens);
        Canvas canvas = Canvas.blank(free.grammar().vocabulary(), 16);
        CanvasChart expected = free.parser().parse(canvas);
        CanvasChart chart = bounded.parser().parse(canvas);
        for (int slot = 0; slot < 16; slot++) {
            assertEquals(expected.mask(slot), chart.mask(slot));
        }
        assertTrue(chart.items() <= 2 * expected.items(), chart.items() + " items, not " + expected.items());
    }

    @Test
    void sixteenSlotsForJsonWithTheTokenizerOfLlama() {
        Vocabulary vocabulary = llama();
        CompiledGrammar json = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(JsonText.ANY));
        int[] tokens = tokens(json.matcher(), "{\"name\": \"Ada\", \"born\": [1815, 12]}");
        CanvasParser parser = new CanvasParser(json);
        for (int free = 1; free <= 8; free++) {
            int[] apart = tokens.clone();
            for (int k = 0; k < free; k++) {
                apart[1 + 2 * k] = Canvas.FREE;
            }
            cost("JSON, Llama 3.1, 16 slots, " + free + " free apart", parser, Canvas.of(vocabulary, apart));
            if (free <= 6) {
                int[] run = tokens.clone();
                Arrays.fill(run, 4, 4 + free, Canvas.FREE);
                cost("JSON, Llama 3.1, 16 slots, " + free + " free in a row", parser, Canvas.of(vocabulary, run));
            }
        }
    }

    @Test
    void gapsForJsonWithTheTokenizerOfLlama() {
        Vocabulary vocabulary = llama();
        CompiledGrammar json = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(JsonText.ANY));
        String text = "{\"name\": \"Ada\", \"born\": [1815, 12], \"x\": {\"y\": true}}";
        int[] tokens = tokens(json.matcher(), text);
        int[] begin = Arrays.copyOf(tokens, 10);
        int[] end = Arrays.copyOfRange(tokens, 13, tokens.length);
        CanvasParser parser = CanvasParser.withoutEnds(json);
        for (int most = 16; most <= 256; most *= 4) {
            Canvas canvas = Canvas.builder(vocabulary)
                    .tokens(begin)
                    .gap(0, most)
                    .tokens(end)
                    .build();
            cost("JSON, Llama 3.1, a gap of up to " + most, parser, canvas);
            cost("JSON, Llama 3.1, a gap of up to " + most + " again", parser, canvas);
        }
        Canvas endless =
                Canvas.builder(vocabulary).tokens(begin).gapFrom(0).tokens(end).build();
        cost("JSON, Llama 3.1, a gap of any length", parser, endless);
        cost("JSON, Llama 3.1, a gap of any length again", parser, endless);
    }

    private static Vocabulary llama() {
        String data = System.getenv("ESPALIER_DATA");
        assumeTrue(data != null, "ESPALIER_DATA is not set: real tokenizers are skipped");
        Path file = Path.of(String.valueOf(data), "tokenizers", "llama3_1.json.gz");
        assumeTrue(Files.exists(file), "no " + file.getFileName() + ": skipped");
        return Vocabulary.read(file);
    }

    static int[] tokens(Matcher matcher, String text) {
        Vocabulary vocabulary = matcher.grammar().vocabulary();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            int best = -1;
            int length = 0;
            for (int token : matcher.mask().ids()) {
                byte[] spelled = vocabulary.decode(token);
                if (spelled.length > length
                        && at + spelled.length <= bytes.length
                        && Arrays.equals(spelled, 0, spelled.length, bytes, at, at + spelled.length)) {
                    best = token;
                    length = spelled.length;
                }
            }
            matcher.accept(best);
            at += length;
        }
        return matcher.tokens();
    }

    /** At most so many entries for each slot, and so many bytes. */
    private static void cost(String what, CanvasParser parser, Canvas canvas) {
        WorkBudget budget = new WorkBudget(AMPLE, new Cancellation());
        CanvasChart chart = parser.parse(canvas, budget);
        assertTrue(chart.isCompletable(), what);
        long entries = (canvas.hasEndless() ? 1_000L : 20L) * canvas.size();
        assertTrue(chart.items() <= entries, what + ": " + chart.items() + " entries");
        assertTrue(budget.allocatedBytes() < MOST_BYTES, what + ": " + budget.allocatedBytes() + " bytes");
    }
}
