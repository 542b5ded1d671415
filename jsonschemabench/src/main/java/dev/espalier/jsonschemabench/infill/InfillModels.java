// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Limits;
import dev.espalier.mask.encoder.TextEncoders;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sprig.Sprig;
import dev.espalier.sprig.SprigDiffusion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models of a run, their vocabularies, and compilers for these. The embedded model is loaded when it is first asked for.
 * Thread-safe.
 */
public final class InfillModels implements AutoCloseable {

    /** The height of a peak: the wanted token has almost all the mass among 128,000 others. */
    private static final double SHARPNESS = 20;

    private static final String PROMPT = "Write an example.";

    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final OutputCompiler compiler;
    private final Limits limits;
    private @Nullable Embedded embedded;

    private record Embedded(MaskedDiffusionModel model, OutputCompiler compiler) {}

    /** Models with the tokenizer of some settings; compiling, and each reading of a canvas, may take as long as a trial. */
    public InfillModels(InfillSettings settings) {
        Optional<Path> tokenizer = settings.tokenizer();
        this.limits = Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(settings.seconds() * 1000L));
        this.vocabulary = tokenizer.map(Vocabulary::read).orElseGet(Sprig::readVocabulary);
        this.encoder = tokenizer
                .map(TextEncoders::read)
                .orElseGet(() -> Sprig.readTokenizer().encoder());
        this.compiler = new OutputCompiler(vocabulary, limits);
    }

    /** What compiles for the vocabulary of a model. */
    OutputCompiler compiler(ModelChoice choice) {
        return choice.kind() == ModelChoice.Kind.SPRIG_DIFFUSION ? embedded().compiler() : compiler;
    }

    /** The vocabulary of the models without weights. */
    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The tokenizer of the models without weights. */
    TextEncoder encoder() {
        return encoder;
    }

    /**
     * A model for one trial; not to be closed.
     *
     * @param document the tokens that a simulated model wants to write
     * @param seed decides its noise
     */
    MaskedDiffusionModel model(ModelChoice choice, int[] document, long seed) {
        return switch (choice.kind()) {
            case SPRIG_DIFFUSION -> embedded().model();
            case UNIFORM -> SimulatedModel.uniform(vocabulary, encoder);
            case SIMULATED ->
                SimulatedModel.wanting(vocabulary, encoder, document, choice.corruption(), SHARPNESS, seed);
        };
    }

    /** What a model reads before the canvas. */
    int[] prompt(ModelChoice choice, Output<?> output, int slots) {
        return choice.kind() == ModelChoice.Kind.SPRIG_DIFFUSION
                ? SprigDiffusion.prompt(embedded().model(), PROMPT, output, slots)
                : new int[0];
    }

    private synchronized Embedded embedded() {
        Embedded known = embedded;
        if (known == null) {
            MaskedDiffusionModel model = SprigDiffusion.load(LoadOptions.DEFAULT);
            known = new Embedded(model, new OutputCompiler(model.vocabulary(), limits));
            embedded = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        Embedded known = embedded;
        if (known != null) {
            known.compiler().close();
            known.model().close();
        }
        compiler.close();
    }
}
