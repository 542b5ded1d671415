// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Transcript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Decoding with compiled grammars. */
class GrammarDecodingTest {

    private static final int[] PROMPT = {0};

    /** The grammar that has just these sentences. */
    static Grammar listed(Collection<String> texts) {
        List<Expression> literals = new ArrayList<>();
        texts.forEach(text -> literals.add(new Expression.Literal(ByteString.utf8(text))));
        return Grammar.of(new Expression.Choice(literals));
    }

    /** All single bytes and some random tokens of the alphabet that random grammars use. */
    private static Vocabulary bytesAnd(int longer, Random random) {
        byte[] alphabet = ByteString.utf8("aaabbc\"\né日😀").toByteArray();
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (; id < 256 + longer; id++) {
            byte[] bytes = new byte[2 + random.nextInt(3)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            builder.token(id, ByteString.of(bytes));
        }
        return builder.special(id, "</s>").endIds(id).build();
    }

    @Test
    void everyBudgetThatSufficesClosesRandomGrammars() {
        int whole = 0;
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.GBNF).nextProductive();
            SlowRecognizer recognizer = new SlowRecognizer(grammar);
            Vocabulary vocabulary = bytesAnd(30, random);
            try (GrammarCompiler compiler = new GrammarCompiler(vocabulary);
                    MaskedDecoder decoder = new MaskedDecoder(new HashModel(vocabulary, seed), 1)) {
                CompiledGrammar compiled = compiler.compile(grammar);
                int needed = compiled.matcher().leastTokensToEnd();
                for (ForcedText forcedText : ForcedText.values()) {
                    int budget = needed + (random.nextBoolean() ? 0 : random.nextInt(12));
                    assertWhole(decoder, compiled, recognizer, forcedText, seed, budget);
                    whole++;
                }
            }
        }
        System.out.println("budgets: " + whole + " texts, all whole");
    }

    /** Writes a text, checks that it is whole and within its budget, and answers it. */
    private static Transcript assertWhole(
            MaskedDecoder decoder,
            CompiledGrammar compiled,
            SlowRecognizer recognizer,
            ForcedText forcedText,
            long seed,
            int budget) {
        Outcome outcome = decoder.decode(DecodeRequest.of(PROMPT, compiled)
                .with(SamplingParameters.MODEL
                        .withForcedText(forcedText)
                        .withSeed(seed)
                        .withMaxTokens(budget)));
        String at = "seed " + seed + ", budget " + budget + ", " + forcedText;
        Transcript transcript =
                assertInstanceOf(Outcome.Complete.class, outcome, at).transcript();
        int[] ids = transcript.tokens().stream().mapToInt(Integer::intValue).toArray();
        assertTrue(ids.length <= budget, at);
        assertTrue(recognizer.accepts(compiled.vocabulary().decode(ids)), at);
        return transcript;
    }

    @Test
    void aTextIsShortenedJustWhereItsBudgetIsTooSmallForWhatTheModelWants() {
        int shortened = 0;
        int whole = 0;
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.GBNF).nextProductive();
            Vocabulary vocabulary = bytesAnd(30, random);
            try (GrammarCompiler compiler = new GrammarCompiler(vocabulary);
                    MaskedDecoder decoder = new MaskedDecoder(new HashModel(vocabulary, seed), 1)) {
                CompiledGrammar compiled = compiler.compile(grammar);
                int wanted = greedy(decoder, compiled, 100).tokens().size();
                for (int budget = compiled.matcher().leastTokensToEnd(); wanted < 80 && budget < wanted + 4; budget++) {
                    Transcript written = greedy(decoder, compiled, budget);
                    assertEquals(budget < wanted, written.shortened(), "seed " + seed + ", budget " + budget);
                    shortened += written.shortened() ? 1 : 0;
                    whole += written.shortened() ? 0 : 1;
                }
            }
        }
        assertTrue(shortened > 100 && whole > 100, shortened + " shortened, " + whole + " not");
    }

    private static Transcript greedy(MaskedDecoder decoder, CompiledGrammar compiled, int budget) {
        return decoder.decode(DecodeRequest.of(PROMPT, compiled)
                        .with(SamplingParameters.DEFAULT
                                .withForcedText(ForcedText.DRAWN)
                                .withMaxTokens(budget)))
                .transcript();
    }

    @Test
    void aTextWhoseMasksLeftTokensOutEndsWithinItsBudgetAndSaysSo() {
        int narrowed = 0;
        Limits hurried = Limits.DEFAULT.withBudgetDeadline(Duration.ofMillis(0));
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.GBNF).nextProductive();
            SlowRecognizer recognizer = new SlowRecognizer(grammar);
            Vocabulary vocabulary = bytesAnd(30, random);
            try (GrammarCompiler compiler = new GrammarCompiler(vocabulary, hurried);
                    MaskedDecoder decoder = new MaskedDecoder(new HashModel(vocabulary, seed), 1)) {
                CompiledGrammar compiled = compiler.compile(grammar);
                int budget = compiled.matcher().leastTokensToEnd() + random.nextInt(6);
                for (ForcedText forcedText : ForcedText.values()) {
                    Transcript transcript = assertWhole(decoder, compiled, recognizer, forcedText, seed, budget);
                    narrowed += transcript.target() == Target.NARROWED ? 1 : 0;
                }
            }
        }
        assertTrue(narrowed > 20, narrowed + " texts of narrowed masks");
    }

    @Test
    void theLawIsThatOfAnOracleThatListsTheLanguage() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            TreeSet<String> texts = new TreeSet<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(6); length > 0; length--) {
                    text.append("aab".charAt(random.nextInt(3)));
                }
                texts.add(text.toString());
            }
            Vocabulary vocabulary = MaskedDecoderTest.vocabulary("a", "b", "ab", "aa", "ba");
            HashModel model = new HashModel(vocabulary, seed);
            try (GrammarCompiler compiler = new GrammarCompiler(vocabulary);
                    MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
                CompiledGrammar compiled = compiler.compile(listed(texts));
                for (ForcedText forcedText : ForcedText.values()) {
                    SamplingParameters parameters =
                            SamplingParameters.MODEL.withForcedText(forcedText).withMaxTokens(5 + random.nextInt(3));
                    List<String> exact = law(
                            decoder, () -> DecodeRequest.of(PROMPT, compiled).with(parameters));
                    List<String> oracle = law(
                            decoder,
                            () -> DecodeRequest.of(PROMPT, () -> new ListedLanguage(vocabulary, texts))
                                    .with(parameters));
                    assertEquals(oracle, exact, "seed " + seed + ", " + forcedText + ", " + texts);
                }
            }
        }
    }

    private static List<String> law(MaskedDecoder decoder, Supplier<DecodeRequest> request) {
        return EnumeratedChoices.walk(choices -> decoder.decode(request.get().withChoices(() -> choices))).stream()
                .map(trace -> trace.probability() + " " + trace.result().isComplete() + " "
                        + trace.result().transcript().tokens() + " "
                        + trace.result().transcript().logWeight() + " "
                        + trace.result().transcript().forwardPasses())
                .toList();
    }

    @Test
    void anObjectsKeysAndPunctuationCostFewPasses() {
        Vocabulary vocabulary = bytesAnd(0, new Random(1));
        HashModel model = new HashModel(vocabulary, 4);
        Grammar grammar = new GbnfReader().read("""
                        root ::= "{\\"first\\":\\"" [a-z]{1,3} "\\",\\"second\\":" ("true" | "false") "}"
                        """);
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary);
                MaskedDecoder decoder = new MaskedDecoder(model)) {
            Outcome outcome = decoder.decode(DecodeRequest.of(PROMPT, compiler.compile(grammar)));
            Transcript transcript = outcome.transcript();
            assertTrue(outcome.isComplete());
            assertTrue(transcript.forwardPasses() <= 6, transcript.toString());
            assertTrue(transcript.tokens().size() >= 27, transcript.toString());
            assertEquals(model.passes.get(), transcript.forwardPasses());
        }
    }

    @Test
    void aGrammarForAnotherVocabularyIsRefused() {
        Grammar grammar = listed(List.of("ab"));
        HashModel model = new HashModel(MaskedDecoderTest.vocabulary("a", "b", "ab"), 1);
        Vocabulary equal = MaskedDecoderTest.vocabulary("a", "b", "ab");
        Vocabulary other = MaskedDecoderTest.vocabulary("b", "a", "ab");
        try (GrammarCompiler good = new GrammarCompiler(equal);
                GrammarCompiler bad = new GrammarCompiler(other);
                MaskedDecoder decoder = new MaskedDecoder(model)) {
            assertTrue(decoder.decode(DecodeRequest.of(PROMPT, good.compile(grammar)))
                    .isComplete());
            DecodeRequest wrong = DecodeRequest.of(PROMPT, bad.compile(grammar));
            assertThrows(InvalidInputException.class, () -> decoder.decode(wrong));
        }
    }

    @Test
    void aSpecialTokenOfTheGrammarIsWrittenButIsNoText() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, "a")
                .token(1, "b")
                .special(2, "<tool>")
                .special(3, "</s>")
                .endIds(3)
                .build();
        Grammar grammar = new GbnfReader().read("root ::= [ab] <tool> [ab]\n");
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary);
                MaskedDecoder decoder = new MaskedDecoder(new HashModel(vocabulary, 4))) {
            Transcript transcript = decoder.decode(DecodeRequest.of(PROMPT, compiler.compile(grammar)))
                    .transcript();
            assertEquals(2, transcript.tokens().get(1));
            assertEquals(2, transcript.text().length());
        }
    }
}
