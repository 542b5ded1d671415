// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static dev.espalier.sampler.decode.MaskedDecoderTest.VOCABULARY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that end where one of some texts is written. */
class StopConstraintTest {

    private static final Grammar ANY =
            Grammar.of(new Expression.Repeat(new Expression.CharacterClass(CodePoints.ALL), 0, Expression.UNBOUNDED));

    /** The oracle is the text that is written without stops, cut behind the token that brings the first. */
    @RandomTrials(200)
    void aTextIsTheOneWithoutStopsUpToTheTokenThatBringsOne(Random random) {
        List<String> stops = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            StringBuilder stop = new StringBuilder();
            for (int length = 1 + random.nextInt(4); stop.length() < length; ) {
                stop.append("ab\"é".charAt(random.nextInt(4)));
            }
            stops.add(stop.toString());
        }
        HashModel model = new HashModel(VOCABULARY, random.nextInt(9));
        SamplingParameters parameters = SamplingParameters.MODEL
                .withSeed(random.nextInt(1000))
                .withMaxTokens(40)
                .withDraftTokens(random.nextInt(5))
                .withForcedText(ForcedText.values()[random.nextInt(3)]);
        try (GrammarCompiler compiler = new GrammarCompiler(VOCABULARY);
                MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            CompiledGrammar any = compiler.compile(ANY);
            DecodeRequest request = DecodeRequest.of(new int[] {0}, any).with(parameters);
            Outcome whole = decoder.decode(request);
            Outcome stopped = decoder.decode(request.withStops(stops));
            assertTrue(whole.isComplete() && stopped.isComplete(), stopped.toString());
            List<Integer> expected = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int token : whole.transcript().tokens()) {
                expected.add(token);
                text.append(VOCABULARY.bytes(token).toUtf8());
                if (stops.stream().anyMatch(stop -> text.indexOf(stop) >= 0)) {
                    break;
                }
            }
            assertEquals(
                    expected,
                    stopped.transcript().tokens(),
                    stops + " in " + whole.transcript().text());
        }
        assertEquals(0, model.openSessions());
    }
}
