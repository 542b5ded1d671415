package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.Cancellation;
import dev.espalier.grammar.Limits;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrecomputationTest {

    private static final Vocabulary VOCABULARY =
            RandomVocabulary.complete(new Random(4), 3_000, "abc{}[]\",:1 \\u\u00e9", 6);

    @Test
    void precomputedStringsAreInTheStore() {
        GrammarCompiler compiler = new GrammarCompiler(VOCABULARY);
        CompiledGrammar compiled = compiler.compile(JsonText.grammar(JsonText.ANY));
        int states = compiled.precompute(2, 1_000, new Cancellation());
        assertTrue(states > 20, states + " states");
        long misses = compiler.stats().misses();
        Matcher matcher = compiled.matcher();
        JsonText.read(matcher, "{\"a\":[1,\"b");
        matcher.mask();
        assertEquals(misses, compiler.stats().misses());
    }

    @Test
    void aCancelledRunStopsAndHarmsNothing() {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        CompiledGrammar compiled = new GrammarCompiler(VOCABULARY).compile(JsonText.grammar(JsonText.ANY));
        assertEquals(0, compiled.precompute(2, 1_000, cancelled));
        assertEquals(
                new GrammarCompiler(VOCABULARY)
                        .compile(JsonText.grammar(JsonText.ANY))
                        .matcher()
                        .mask(),
                compiled.matcher().mask());
    }

    @Test
    void recognizersStopAtTheFirstByteThatNoSentenceHas() {
        CompiledGrammar compiled = new GrammarCompiler(VOCABULARY).compile(JsonText.grammar(JsonText.PERSON));
        Recognizer recognizer = new Recognizer(compiled.automaton(), Limits.DEFAULT);
        byte[] text = "{\"age\":1,\"nick\":".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(11, recognizer.read(text));
        assertEquals(11, recognizer.position());
        assertEquals(java.util.BitSet.valueOf(new long[] {0, 1L << ('a' - 64)}), recognizer.allowedBytes());
        assertEquals(false, recognizer.isAccepting());
    }
}
