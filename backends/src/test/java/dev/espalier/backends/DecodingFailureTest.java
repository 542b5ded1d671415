// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.ModelException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.StepTrace;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.sampler.decode.MaskedDecoder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left when a model fails, or a generation is cancelled, in the middle. */
class DecodingFailureTest {

    private static final LoadOptions OPTIONS =
            LoadOptions.DEFAULT.withThreads(1).withPrecision(Precision.FLOAT32);

    private static CompiledGrammar grammar(LanguageModel model) {
        return new GrammarCompiler(model.vocabulary())
                .compile(new GbnfReader().read("root ::= [a-z ] [a-z ] [a-z ] [a-z ] [a-z ] [a-z ] [a-z ] [a-z ]"));
    }

    /** Does something when a text has reached so many steps. */
    private static DecodeListener at(int step, Runnable action) {
        return new DecodeListener() {
            @Override
            public void onStep(StepTrace trace) {
                if (trace.index() == step) {
                    action.run();
                }
            }
        };
    }

    private static void assertNothingIsHeld(PyTorchModel model) {
        int[] rows = model.rows();
        assertEquals(rows[0], rows[1], "rows of the cache are still taken");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTextWhoseLogitsAreNotFiniteDoesNotHarmThoseBesideIt(boolean deviceLogits) throws IOException {
        try (PyTorchModel model = PyTorchModel.load(NumericFaultTest.overflowing(), "tiny", OPTIONS, deviceLogits);
                MaskedDecoder decoder = new MaskedDecoder(model)) {
            CompiledGrammar grammar = grammar(model);
            DecodeRequest good = DecodeRequest.of(new int[] {5, 6}, grammar);
            Outcome alone = decoder.decode(good);
            List<Outcome> outcomes =
                    decoder.decode(List.of(good, DecodeRequest.of(new int[] {5, NumericFaultTest.BAD}, grammar), good));
            Outcome.ModelFailed failed = assertInstanceOf(Outcome.ModelFailed.class, outcomes.get(1));
            assertTrue(String.valueOf(failed.cause().getMessage()).contains("mlp.up_proj"), failed.toString());
            for (int i : new int[] {0, 2}) {
                assertEquals(
                        alone.transcript().tokens(),
                        outcomes.get(i).transcript().tokens());
            }
            assertNothingIsHeld(model);
        }
    }

    @Test
    void whatPyTorchThrowsInTheMiddleKeepsTheTextAndFreesTheSession() {
        try (PyTorchModel model = PyTorchModel.load(Family.of("llama2").files(), "tiny", OPTIONS, false);
                MaskedDecoder decoder = new MaskedDecoder(model)) {
            CompiledGrammar grammar = grammar(model);
            DecodeRequest request = DecodeRequest.of(new int[] {5, 6}, grammar);
            Outcome whole = decoder.decode(request);
            assertTrue(whole.isComplete(), whole.toString());
            // the library's pool of rows becomes smaller than the model knows, so that the next pass is out of its
            // bounds
            Outcome failed = decoder.decode(
                    request.with(at(1, () -> model.loaded.network().reserve(1))));
            Outcome.ModelFailed outcome = assertInstanceOf(Outcome.ModelFailed.class, failed);
            assertInstanceOf(ModelException.class, outcome.cause());
            String message = String.valueOf(outcome.cause().getMessage());
            assertTrue(message.startsWith("PyTorch failed in forward: "), message);
            String text = failed.transcript().text();
            assertTrue(!text.isEmpty() && whole.transcript().text().startsWith(text), text);
            assertNothingIsHeld(model);
            model.loaded.network().reserve(model.rows()[0]);
            assertEquals(
                    whole.transcript().tokens(),
                    decoder.decode(request).transcript().tokens());
        }
    }

    @Test
    void aLibraryThatNeverRecoversLeavesAModelThatCloses() {
        PyTorchModel model = PyTorchModel.load(Family.of("llama2").files(), "tiny", OPTIONS, false);
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            DecodeRequest request = DecodeRequest.of(new int[] {5, 6}, grammar(model));
            assertTrue(decoder.decode(request).isComplete());
            model.loaded.network().close();
            assertInstanceOf(Outcome.ModelFailed.class, decoder.decode(request));
            assertNothingIsHeld(model);
        }
        model.close();
        assertThrows(ModelException.class, model::open);
    }

    @Test
    void errorsOfAFunctionAreFailuresOfTheModel() {
        Vocabulary vocabulary = Family.load("llama2").vocabulary();
        TextEncoder encoder = text -> new int[] {5};
        PrefixModel.Network network = tokens -> {
            if (tokens.length > 4) {
                throw new OutOfMemoryError("native memory");
            }
            return new float[vocabulary.size()];
        };
        try (PrefixModel model = new PrefixModel(network, vocabulary, encoder, 100);
                MaskedDecoder decoder = new MaskedDecoder(model)) {
            Outcome failed = decoder.decode(DecodeRequest.of(new int[] {5, 6}, grammar(model)));
            Outcome.ModelFailed outcome = assertInstanceOf(Outcome.ModelFailed.class, failed);
            assertEquals("the network failed: native memory", outcome.cause().getMessage());
            assertTrue(failed.transcript().tokens().size() > 0);
        }
    }

    @Test
    void loadsAndCancelledTextsLeaveNoRowsAndNoTensors() {
        for (int load = 0; load < 30; load++) {
            try (PyTorchModel model = PyTorchModel.load(Family.of("llama2").files(), "tiny", OPTIONS, load % 2 == 1);
                    MaskedDecoder decoder = new MaskedDecoder(model)) {
                CompiledGrammar grammar = grammar(model);
                for (int i = 0; i < 30; i++) {
                    Cancellation cancellation = new Cancellation();
                    Outcome outcome = decoder.decode(DecodeRequest.of(new int[] {5, 6}, grammar)
                            .with(cancellation)
                            .with(at(i % 5, cancellation::cancel)));
                    assertInstanceOf(Outcome.Cancelled.class, outcome);
                }
                assertNothingIsHeld(model);
                int latest = load % 2; // on a device the logits of the latest pass stay until the next
                assertEquals(latest, model.loaded.network().tensors(), "open tensors");
            }
        }
    }
}
