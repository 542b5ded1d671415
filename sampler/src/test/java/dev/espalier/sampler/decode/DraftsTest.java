// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static dev.espalier.sampler.decode.MaskedDecoderTest.VOCABULARY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.decode.draft.PromptLookup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tokens that are guessed and read ahead change how many passes a text takes, and nothing else. */
class DraftsTest {

    private static final int END = 6;

    private final HashModel model = new HashModel(VOCABULARY, 1);

    /** Random words over a and b, some with common beginnings. */
    private static Set<String> words(Random random, int longest) {
        Set<String> words = new TreeSet<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            StringBuilder word = new StringBuilder();
            if (!words.isEmpty() && random.nextBoolean()) {
                String other = words.iterator().next();
                word.append(other, 0, random.nextInt(other.length()));
            }
            for (int length = 1 + random.nextInt(longest); word.length() < length; ) {
                word.append(random.nextBoolean() ? "a" : random.nextBoolean() ? "b" : "abab");
            }
            words.add(word.toString());
        }
        return words;
    }

    private static int[] prompt(Random random, int length) {
        int[] prompt = new int[1 + random.nextInt(length)];
        for (int i = 0; i < prompt.length; i++) {
            prompt[i] = random.nextInt(3);
        }
        return prompt;
    }

    /** The oracle is decoding without drafts. */
    @RandomTrials(400)
    void aTextIsTheOneThatIsWrittenWithoutDrafts(Random random) {
        Set<String> words = words(random, 24);
        int[] prompt = prompt(random, 60);
        model.samplesOnDevice = random.nextInt(4) == 0;
        ForcedText forced = random.nextBoolean() ? ForcedText.DRAWN : ForcedText.COMMITTED;
        SamplingParameters parameters = SamplingParameters.MODEL
                .withSeed(random.nextInt(100))
                .withTemperature(model.samplesOnDevice ? 1 : random.nextInt(3) / 2.0)
                .withForcedText(forced)
                .withWeights(random.nextInt(4) > 0);
        DecodeRequest request = DecodeRequest.of(prompt, () -> new ListedLanguage(VOCABULARY, words));
        BatchOptions options = BatchOptions.DEFAULT.withPromptTokens(1 + random.nextInt(50));
        try (MaskedDecoder decoder = new MaskedDecoder(model, random.nextInt(3), options, BatchListener.NONE)) {
            Transcript plain = complete(decoder.decode(request.with(parameters)));
            Transcript drafted =
                    complete(decoder.decode(request.with(parameters.withDraftTokens(1 + random.nextInt(9)))));
            assertEquals(plain.tokens(), drafted.tokens());
            assertEquals(plain.text(), drafted.text());
            assertEquals(plain.forcedTokens(), drafted.forcedTokens());
            assertEquals(plain.logProbability(), drafted.logProbability(), 1e-9);
            assertEquals(plain.logWeight(), drafted.logWeight(), 1e-9);
            assertEquals(plain.target(), drafted.target());
            assertEquals(0, plain.draftedTokens());
            assertTrue(drafted.acceptedTokens() <= drafted.draftedTokens());
            assertTrue(drafted.forwardPasses() <= plain.forwardPasses());
        }
        assertEquals(0, model.openSessions());
    }

    private static Transcript complete(Outcome outcome) {
        assertTrue(outcome.isComplete(), outcome.toString());
        return outcome.transcript();
    }

    /** The oracle is requests that ask for as many. */
    @RandomTrials(60)
    void tokensMayBeGuessedForAllRequests(Random random) {
        Set<String> words = words(random, 24);
        DecodeRequest request = DecodeRequest.of(prompt(random, 60), () -> new ListedLanguage(VOCABULARY, words));
        int asked = random.nextInt(6);
        int least = random.nextInt(6);
        DraftOptions drafts = DraftOptions.DEFAULT.withTokens(least);
        try (MaskedDecoder each = new MaskedDecoder(model, 0);
                MaskedDecoder all =
                        new MaskedDecoder(model, 0, BatchOptions.DEFAULT.with(drafts), BatchListener.NONE)) {
            SamplingParameters parameters = SamplingParameters.MODEL.withSeed(random.nextInt(100));
            Transcript expected =
                    complete(each.decode(request.with(parameters.withDraftTokens(Math.max(asked, least)))));
            Transcript found = complete(all.decode(request.with(parameters.withDraftTokens(asked))));
            assertEquals(expected.tokens(), found.tokens());
            assertEquals(expected.draftedTokens(), found.draftedTokens());
            assertEquals(expected.acceptedTokens(), found.acceptedTokens());
        }
    }

    /** Every way that the draws can go, with its probability. */
    @Test
    void theLawIsTheOneWithoutDrafts() {
        Set<String> words = Set.of("abab", "ababab", "abba", "ababb", "abaab");
        DecodeRequest request =
                DecodeRequest.of(new int[] {0, 2, 2, 1, 0, 2, 2, 2}, () -> new ListedLanguage(VOCABULARY, words));
        Map<String, Double> plain = law(request.with(MaskedDecoderTest.DRAWN));
        Map<String, Double> drafted = law(request.with(MaskedDecoderTest.DRAWN.withDraftTokens(3)));
        assertEquals(plain.keySet(), drafted.keySet());
        plain.forEach((text, probability) -> assertEquals(probability, drafted.getOrDefault(text, 0.0), 1e-12, text));
        assertEquals(1, drafted.values().stream().mapToDouble(each -> each).sum(), 1e-9);
    }

    private Map<String, Double> law(DecodeRequest request) {
        Map<String, Double> law = new TreeMap<>();
        int[] accepted = {0};
        for (EnumeratedChoices.Trace<Transcript> trace : EnumeratedChoices.walk(choices -> {
            try (MaskedDecoder decoder = new MaskedDecoder(model, 0)) {
                return complete(decoder.decode(request.withChoices(() -> choices)));
            }
        })) {
            law.merge(trace.result().tokens().toString(), trace.probability(), Double::sum);
            accepted[0] += trace.result().acceptedTokens();
        }
        assertEquals(request.parameters().draftTokens() > 0, accepted[0] > 0);
        return law;
    }

    /** A model that all but knows what it wants to write. */
    private static HashModel wanting(List<Integer> text) {
        return new HashModel(VOCABULARY, 1) {
            @Override
            public int weight(List<Integer> context, int token) {
                int at = context.size() - PROMPT.length + 1;
                int next = at >= 0 && at < text.size() ? text.get(at) : END;
                return token == next ? 1_000_000 : 1;
            }
        };
    }

    private static final int[] PROMPT = {0, 0, 4, 3, 1, 1, 0, 4, 3, 3, 2, 3, 4, 4, 1, 2, 3, 1, 3, 4, 0, 0, 3};

    /** Any text of the letters, as the model wants it. */
    private static Transcript written(List<Integer> text, int draft) {
        Grammar any = Grammar.of(new Expression.Repeat(
                new Expression.Choice(List.of(literal("a"), literal("b"), literal("é"), literal("\""))),
                0,
                Expression.UNBOUNDED));
        SamplingParameters parameters =
                SamplingParameters.DEFAULT.withForcedText(ForcedText.DRAWN).withDraftTokens(draft);
        HashModel wanting = wanting(text);
        try (GrammarCompiler compiler = new GrammarCompiler(VOCABULARY);
                MaskedDecoder decoder = new MaskedDecoder(wanting, 1)) {
            DecodeRequest request =
                    DecodeRequest.of(PROMPT, compiler.compile(any)).with(parameters);
            Transcript transcript = complete(decoder.decode(request));
            assertEquals(text, transcript.tokens());
            assertTrue(wanting.tokensRead() <= PROMPT.length + text.size() + transcript.draftedTokens());
            return transcript;
        }
    }

    private static Expression literal(String text) {
        return new Expression.Literal(ByteString.utf8(text));
    }

    private static String bytes(List<Integer> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(new String(VOCABULARY.bytes(token).toByteArray(), StandardCharsets.UTF_8)));
        return text.toString();
    }

    @Test
    void whatIsCopiedFromThePromptTakesFewPasses() {
        int[] canonical = model.encoder()
                .encode(bytes(Arrays.stream(PROMPT, 3, 20).boxed().toList()));
        List<Integer> copied = Arrays.stream(canonical).boxed().toList();
        assertEquals(copied.size() + 1, written(copied, 0).forwardPasses());
        Transcript drafted = written(copied, 16);
        assertTrue(drafted.forwardPasses() <= 6, drafted.toString());
        assertEquals(copied.size() + 1, drafted.forwardPasses() + drafted.acceptedTokens(), drafted.toString());
    }

    @Test
    void whatRepeatsItselfTakesFewPasses() {
        List<Integer> repeated = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            repeated.addAll(List.of(3, 4, 3, 3, 4, 4));
        }
        assertTrue(written(repeated, 8).forwardPasses() <= 20);
    }

    @Test
    void draftsThatAreAlwaysWrongBecomeRare() {
        List<Integer> contrary = new ArrayList<>();
        Random random = new Random(3);
        byte[] none = {};
        PromptLookup lookup = new PromptLookup(VOCABULARY, PROMPT);
        for (int i = 0; i < 300; i++) {
            byte[] next = lookup.next(1);
            int token = random.nextInt(2);
            contrary.add(Arrays.equals(next, none) || next[0] != 'a' + token ? token : 1 - token);
            lookup.add(contrary.get(i));
        }
        Transcript transcript = written(contrary, 8);
        assertEquals(0, transcript.acceptedTokens());
        assertTrue(transcript.draftedTokens() > 0 && transcript.draftedTokens() < 20, transcript.toString());
        assertEquals(301, transcript.forwardPasses());
    }

    /** The oracle looks at all places. */
    @RandomTrials(300)
    void aLookupFindsALongestCommonEnd(Random random) {
        int[] prompt = prompt(random, 30); // so few that all places are tried
        PromptLookup lookup = new PromptLookup(VOCABULARY, prompt);
        StringBuilder all =
                new StringBuilder(bytes(Arrays.stream(prompt).boxed().toList()));
        for (int i = 0; i < 25; i++) {
            byte[] found = lookup.next(5);
            int longest = PromptLookup.LEAST - 1;
            Set<String> after = new TreeSet<>();
            for (int end = 1; end < all.length(); end++) {
                int common = 0;
                while (common < 32
                        && common < end
                        && all.charAt(end - 1 - common) == all.charAt(all.length() - 1 - common)) {
                    common++;
                }
                if (common >= PromptLookup.LEAST && common >= longest) {
                    after = common > longest ? new TreeSet<>() : after;
                    longest = common;
                    after.add(all.substring(end, Math.min(all.length(), end + 5)));
                }
            }
            String text = new String(found, StandardCharsets.UTF_8);
            assertTrue(after.isEmpty() ? text.isEmpty() : after.contains(text), all + ": " + text + " of " + after);
            int token = random.nextInt(3);
            lookup.add(token);
            all.append(bytes(List.of(token)));
        }
        assertArrayEquals(new byte[0], new PromptLookup(VOCABULARY, new int[] {0}).next(5));
    }
}
