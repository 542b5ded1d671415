// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static dev.espalier.sampler.decode.MaskedDecoderTest.DRAWN;
import static dev.espalier.sampler.decode.MaskedDecoderTest.VOCABULARY;
import static dev.espalier.sampler.decode.MaskedDecoderTest.WORDS;
import static dev.espalier.sampler.decode.MaskedDecoderTest.vocabulary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.GTest;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.LogitChanges;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.law.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tokens that a smaller model writes, or that earlier steps had, change how many passes a text takes, and nothing else. */
class ModelDraftsTest {

    /** The same letters in other tokens. */
    private static final Vocabulary OTHER = vocabulary("é", "aa", "b", "a", "bab", "\"", "\"a");

    private static final Vocabulary WIDER = VOCABULARY.withSize(VOCABULARY.size() + 5);

    private final HashModel model = new HashModel(VOCABULARY, 1);

    /** A draft model of one of all kinds: one that agrees, one that does not, one with other tokens, one that breaks. */
    static HashModel small(Random random) {
        Vocabulary tokens = switch (random.nextInt(3)) {
            case 0 -> VOCABULARY;
            case 1 -> WIDER;
            default -> OTHER;
        };
        HashModel small = new HashModel(tokens, random.nextInt(3));
        int failing = random.nextInt(6);
        small.failing = number -> number % 4 == failing;
        if (random.nextInt(6) == 0) {
            small.limit(random.nextInt(3));
        }
        small.samplesOnDevice = random.nextInt(5) == 0;
        small.contextLength = random.nextInt(4) == 0 ? 30 : 1000;
        return small;
    }

    /** Drafts of some kinds. */
    static DraftOptions options(Random random, HashModel small) {
        DraftOptions options = DraftOptions.DEFAULT
                .withRecycled(random.nextInt(4))
                .withTokenPrice(random.nextInt(3) / 10.0)
                .withModelPrice(random.nextInt(3) / 5.0);
        return random.nextInt(3) > 0 ? options.withModel(small) : options;
    }

    private static DecodeRequest request(int... prompt) {
        return DecodeRequest.of(prompt, () -> new ListedLanguage(VOCABULARY, WORDS));
    }

    private static Transcript complete(Outcome outcome) {
        assertTrue(outcome.isComplete(), outcome.toString());
        return outcome.transcript();
    }

    private MaskedDecoder decoder(DraftOptions drafts) {
        return new MaskedDecoder(model, 0, BatchOptions.DEFAULT.with(drafts), BatchListener.NONE);
    }

    /** The oracle is decoding without drafts. */
    @RandomTrials(400)
    void aTextIsTheOneThatIsWrittenWithoutDrafts(Random random) {
        model.samplesOnDevice = random.nextInt(4) == 0;
        SamplingParameters parameters = SamplingParameters.MODEL
                .withSeed(random.nextInt(100))
                .withTemperature(model.samplesOnDevice ? 1 : random.nextInt(3) / 2.0)
                .withTopK(model.samplesOnDevice ? 0 : random.nextInt(4))
                .withForcedText(ForcedText.values()[random.nextInt(3)])
                .with(
                        model.samplesOnDevice || random.nextBoolean()
                                ? LogitChanges.NONE
                                : LogitChanges.NONE.withFrequencyPenalty(0.5));
        int[] prompt = random.ints(1 + random.nextInt(20), 0, 4).toArray();
        Transcript plain;
        try (MaskedDecoder decoder = new MaskedDecoder(model, 0)) {
            plain = complete(decoder.decode(request(prompt).with(parameters)));
        }
        HashModel small = small(random);
        model.readsTreesAtOnce = random.nextBoolean();
        BatchOptions options = BatchOptions.DEFAULT.with(options(random, small)).withInvariant(random.nextBoolean());
        try (MaskedDecoder decoder = new MaskedDecoder(model, random.nextInt(3), options, BatchListener.NONE)) {
            Transcript drafted =
                    complete(decoder.decode(request(prompt).with(parameters.withDraftTokens(1 + random.nextInt(9)))));
            assertEquals(plain.tokens(), drafted.tokens());
            assertEquals(plain.forcedTokens(), drafted.forcedTokens());
            assertEquals(plain.logProbability(), drafted.logProbability(), 1e-9);
            assertEquals(plain.logWeight(), drafted.logWeight(), 1e-9);
            assertEquals(plain.target(), drafted.target());
            assertTrue(drafted.acceptedTokens() <= drafted.draftedTokens());
            assertTrue(drafted.forwardPasses() <= plain.forwardPasses());
        }
        assertEquals(0, model.openSessions());
        assertEquals(0, small.openSessions());
    }

    /** The same model drafts: what it writes by the same random choices is what is drawn. */
    @RandomTrials(100)
    void aModelThatAgreesIsAlwaysRight(Random random) {
        HashModel same = new HashModel(random.nextBoolean() ? VOCABULARY : WIDER, 1);
        boolean padded = same.vocabulary() == WIDER;
        SamplingParameters parameters = (random.nextBoolean() ? SamplingParameters.DEFAULT : SamplingParameters.MODEL)
                .withTopP(random.nextBoolean() ? 1 : 0.8)
                .withForcedText(random.nextBoolean() ? ForcedText.DRAWN : ForcedText.COMMITTED)
                .with(random.nextBoolean() ? LogitChanges.NONE : LogitChanges.NONE.withRepetitionPenalty(1.3))
                .withSeed(random.nextInt(1000));
        try (MaskedDecoder plain = new MaskedDecoder(model, 0);
                MaskedDecoder decoder = decoder(DraftOptions.DEFAULT.withModel(same))) {
            Transcript without = complete(plain.decode(request(5).with(parameters)));
            Transcript drafted = complete(decoder.decode(request(5).with(parameters.withDraftTokens(8))));
            assertEquals(without.tokens(), drafted.tokens());
            assertEquals(drafted.draftedTokens(), drafted.acceptedTokens(), padded + " " + drafted);
            assertTrue(without.forwardPasses() < 4 || drafted.forwardPasses() < without.forwardPasses());
        }
    }

    /** The oracle draws the same texts by choices that cannot be known ahead, so that the likeliest token is the guess. */
    @Test
    void theSameChoicesMakeModelsAgreeThatNearlyAgree() {
        HashModel near = new HashModel(VOCABULARY, 1) {
            @Override
            public int weight(List<Integer> context, int token) {
                return super.weight(context, token) + 16;
            }
        };
        int coupled = 0;
        int likeliest = 0;
        try (MaskedDecoder decoder = decoder(DraftOptions.DEFAULT.withModel(near))) {
            for (int seed = 0; seed < 200; seed++) {
                DecodeRequest request = request(5).with(DRAWN.withSeed(seed).withDraftTokens(1));
                Choices known = Choices.seeded(seed);
                coupled += complete(decoder.decode(request)).acceptedTokens();
                likeliest += complete(decoder.decode(request.withChoices(() -> unknown(known))))
                        .acceptedTokens();
            }
        }
        assertTrue(coupled > 1.2 * likeliest, coupled + " and " + likeliest);
    }

    private static Choices unknown(Choices choices) {
        return new Choices() {
            @Override
            public int categorical(double[] weights, int count) {
                return choices.categorical(weights, count);
            }

            @Override
            public double uniform() {
                return choices.uniform();
            }
        };
    }

    /** Every way that the draws can go, with its probability. */
    @Test
    void theLawIsTheOneWithoutDrafts() {
        Set<String> words = Set.of("abab", "ababab", "abba", "ababb", "abaab");
        DecodeRequest request = DecodeRequest.of(new int[] {5, 3}, () -> new ListedLanguage(VOCABULARY, words))
                .with(DRAWN.withDraftTokens(3));
        Map<String, Double> plain = law(request, DraftOptions.DEFAULT, false);
        for (HashModel small : List.of(new HashModel(VOCABULARY, 1), new HashModel(OTHER, 2))) {
            assertSameLaw(plain, law(request, DraftOptions.DEFAULT.withModel(small), true));
        }
        assertSameLaw(plain, law(request, DraftOptions.DEFAULT.withRecycled(2), true));
        model.readsTreesAtOnce = true;
        assertSameLaw(plain, law(request, DraftOptions.DEFAULT.withRecycled(3), true));
    }

    private static void assertSameLaw(Map<String, Double> plain, Map<String, Double> drafted) {
        assertEquals(plain.keySet(), drafted.keySet());
        plain.forEach((text, probability) -> assertEquals(probability, drafted.getOrDefault(text, 0.0), 1e-12, text));
    }

    private Map<String, Double> law(DecodeRequest request, DraftOptions drafts, boolean helps) {
        Map<String, Double> law = new TreeMap<>();
        int accepted = 0;
        for (EnumeratedChoices.Trace<Transcript> trace : EnumeratedChoices.walk(choices -> {
            try (MaskedDecoder decoder = decoder(drafts)) {
                // what an earlier text had is what is recycled
                complete(decoder.decode(request.with(DRAWN.withTemperature(0)).withChoices(() -> choices)));
                return complete(decoder.decode(request.withChoices(() -> choices)));
            }
        })) {
            law.merge(trace.result().tokens().toString(), trace.probability(), Double::sum);
            accepted += trace.result().acceptedTokens();
        }
        assertEquals(helps, accepted > 0);
        assertEquals(1, law.values().stream().mapToDouble(each -> each).sum(), 1e-9);
        return law;
    }

    /** With seeds, where drafts are drawn by the same choices. */
    @Test
    void seededTextsFollowTheLaw() {
        Set<String> words = Set.of("aba", "abb", "ba");
        DecodeRequest request = DecodeRequest.of(new int[] {5}, () -> new ListedLanguage(VOCABULARY, words))
                .with(DRAWN);
        Map<String, Double> law = law(request, DraftOptions.DEFAULT, false);
        List<String> texts = new ArrayList<>(law.keySet());
        long[] counts = new long[texts.size()];
        try (MaskedDecoder decoder = decoder(DraftOptions.DEFAULT.withModel(new HashModel(VOCABULARY, 2)))) {
            for (int seed = 0; seed < 4000; seed++) {
                Transcript transcript = complete(
                        decoder.decode(request.with(DRAWN.withSeed(seed).withDraftTokens(4))));
                counts[texts.indexOf(transcript.tokens().toString())]++;
            }
        }
        GTest.check(
                counts,
                texts.stream().mapToDouble(text -> law.getOrDefault(text, 0.0)).toArray());
    }

    @Test
    void aModelWithOtherTokensHelpsToo() {
        HashModel wants = wanting(VOCABULARY, "abbaababab");
        HashModel other = wanting(OTHER, "abbaababab");
        Set<String> all = new TreeSet<>(WORDS);
        all.add("abbaababab");
        DecodeRequest request = DecodeRequest.of(new int[] {4}, () -> new ListedLanguage(VOCABULARY, all))
                .with(SamplingParameters.DEFAULT
                        .withForcedText(ForcedText.DRAWN)
                        .withDraftTokens(8));
        BatchOptions options = BatchOptions.DEFAULT.with(DraftOptions.DEFAULT.withModel(other));
        try (MaskedDecoder decoder = new MaskedDecoder(wants, 0, options, BatchListener.NONE)) {
            Transcript drafted = complete(decoder.decode(request));
            assertEquals("abbaababab", drafted.text());
            assertEquals(3, drafted.forwardPasses(), drafted.toString());
            assertEquals(drafted.draftedTokens(), drafted.acceptedTokens());
        }
        assertEquals(0, other.openSessions());
    }

    /** A model that all but knows what it wants to write, whatever tokens spell it. */
    private static HashModel wanting(Vocabulary tokens, String text) {
        return new HashModel(tokens, 1) {
            @Override
            public int weight(List<Integer> context, int token) {
                StringBuilder written = new StringBuilder();
                context.forEach(id -> written.append(tokens.bytes(id).toUtf8()));
                String next = tokens.bytes(token).toUtf8();
                boolean ends = text.contentEquals(written) && tokens.isEnd(token);
                return ends || (!next.isEmpty() && text.startsWith(written + next)) ? 1000 * (1 + next.length()) : 1;
            }
        };
    }

    /** A session for each text under way, at most, and all are given back: at the end, at a failure, when a text is cancelled. */
    @RandomTrials(100)
    void sessionsOfTheDraftModelAreBoundedAndGivenBack(Random random) {
        HashModel small = new HashModel(VOCABULARY, 1);
        int most = 1 + random.nextInt(4);
        Cancellation cancellation = new Cancellation();
        small.duringPass = pass -> assertTrue(small.openSessions() <= most, "open " + small.openSessions());
        int stop = random.nextInt(30);
        List<DecodeRequest> requests = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            requests.add(request(random.nextInt(4), 5)
                    .with(DRAWN.withSeed(i).withDraftTokens(4))
                    .with(cancellation)
                    .with(new DecodeListener() {
                        private int seen;

                        @Override
                        public void onToken(int token, boolean forced) {
                            if (++seen == stop) {
                                cancellation.cancel();
                            }
                        }
                    }));
        }
        model.fail(number -> random.nextInt(40) == 0);
        BatchOptions options = BatchOptions.DEFAULT.withMaxRows(most).with(DraftOptions.DEFAULT.withModel(small));
        try (MaskedDecoder decoder = new MaskedDecoder(model, random.nextInt(2), options, BatchListener.NONE)) {
            assertEquals(requests.size(), decoder.decode(requests).size());
        }
        assertEquals(0, small.openSessions());
        assertEquals(0, model.openSessions());
    }

    @Test
    void aPromptOfManyTextsIsReadOnceByTheDraftModel() {
        HashModel small = new HashModel(VOCABULARY, 1);
        int[] prompt = new int[400];
        Arrays.fill(prompt, 3);
        List<DecodeRequest> requests = new ArrayList<>();
        for (int seed = 0; seed < 5; seed++) {
            requests.add(DecodeRequest.of(prompt, () -> new ListedLanguage(VOCABULARY, longWords()))
                    .with(DRAWN.withSeed(seed).withDraftTokens(4)));
        }
        BatchOptions options = BatchOptions.DEFAULT.with(DraftOptions.DEFAULT.withModel(small));
        try (MaskedDecoder decoder = new MaskedDecoder(model, 0, options, BatchListener.NONE)) {
            int drafted = 0;
            for (Outcome outcome : decoder.decode(requests)) {
                drafted += complete(outcome).draftedTokens();
            }
            assertTrue(drafted > 100, "drafted " + drafted);
            assertTrue(small.tokensRead() < 2 * prompt.length + 5 * 120, "read " + small.tokensRead());
        }
        assertEquals(0, small.openSessions());
    }

    /** Where texts must not depend on their company, neither do their drafts: larger passes may round otherwise. */
    @RandomTrials(100)
    void invariantTextsHaveTheSameDraftsInAnyCompany(Random random) {
        HashModel small = new HashModel(random.nextBoolean() ? VOCABULARY : OTHER, 2) {
            @Override
            public List<Logits> forward(List<Step> batch) {
                assertEquals(1, batch.size());
                return super.forward(batch);
            }
        };
        DraftOptions drafts = DraftOptions.DEFAULT.withRecycled(2);
        BatchOptions options =
                BatchOptions.DEFAULT.withInvariant(true).with(random.nextInt(3) > 0 ? drafts.withModel(small) : drafts);
        List<DecodeRequest> requests = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            requests.add(request(5, random.nextInt(4)).with(DRAWN.withSeed(seed).withDraftTokens(4)));
        }
        try (MaskedDecoder decoder = new MaskedDecoder(model, random.nextInt(2), options, BatchListener.NONE)) {
            List<Outcome> together = decoder.decode(requests);
            for (int i = 0; i < together.size(); i++) {
                Transcript alone = complete(decoder.decode(requests.get(i)));
                Transcript company = complete(together.get(i));
                assertEquals(alone.tokens(), company.tokens());
                assertEquals(alone.draftedTokens(), company.draftedTokens());
                assertEquals(alone.forwardPasses(), company.forwardPasses());
            }
        }
    }

    @Test
    void aDraftModelThatFailsIsLeftAlone() {
        HashModel broken = new HashModel(VOCABULARY, 1);
        broken.fail(number -> true);
        try (MaskedDecoder decoder = decoder(DraftOptions.DEFAULT.withModel(broken))) {
            Transcript transcript = complete(decoder.decode(request(5).with(DRAWN.withDraftTokens(4))));
            assertEquals(0, transcript.draftedTokens());
            assertEquals(1, broken.passes.get());
        }
        assertEquals(0, broken.openSessions());
    }

    @Test
    void recycledTokensTakeFewerPassesOfTextsThatAreAlike() {
        HashModel wants = wanting(VOCABULARY, "abbaababab");
        wants.readsTreesAtOnce = true;
        DecodeRequest request = DecodeRequest.of(
                        new int[] {5}, () -> new ListedLanguage(VOCABULARY, Set.of("abbaababab", "bb", "abbab", "aa")))
                .with(SamplingParameters.DEFAULT
                        .withForcedText(ForcedText.DRAWN)
                        .withDraftTokens(8));
        BatchOptions options = BatchOptions.DEFAULT.with(DraftOptions.DEFAULT.withRecycled(3));
        try (MaskedDecoder decoder = new MaskedDecoder(wants, 0, options, BatchListener.NONE)) {
            Transcript first = complete(decoder.decode(request));
            Transcript second = complete(decoder.decode(request));
            assertEquals(first.tokens(), second.tokens());
            assertTrue(second.acceptedTokens() > 0, second.toString());
            assertTrue(second.forwardPasses() < first.tokens().size() + 1, second.toString());
        }
    }

    /** A price that no draft is worth ends them, but for one now and then. */
    @Test
    void draftsThatDoNotPayAreOff() {
        HashModel wrong = new HashModel(VOCABULARY, 9);
        DecodeRequest request = DecodeRequest.of(new int[] {5}, () -> new ListedLanguage(VOCABULARY, longWords()))
                .with(DRAWN.withDraftTokens(8));
        int[] drafted = new int[2];
        for (int price = 0; price < 2; price++) {
            DraftOptions options = DraftOptions.DEFAULT
                    .withModel(wrong)
                    .withModelPrice(5 * price)
                    .withTokenPrice(0);
            try (MaskedDecoder decoder = decoder(options)) {
                drafted[price] = complete(decoder.decode(request)).draftedTokens();
            }
        }
        assertTrue(drafted[1] > 0 && drafted[1] < drafted[0] / 4, drafted[0] + " and " + drafted[1]);
    }

    private static Set<String> longWords() {
        Random random = new Random(4);
        Set<String> words = new TreeSet<>();
        for (int i = 0; i < 40; i++) {
            StringBuilder word = new StringBuilder();
            while (word.length() < 60) {
                word.append(random.nextBoolean() ? "a" : "b");
            }
            words.add(word.toString());
        }
        return words;
    }
}
