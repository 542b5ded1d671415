// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import dev.espalier.Generator;
import dev.espalier.Infiller;
import dev.espalier.Output;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.ModelFiles;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.core.Limits;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.encoder.JsonTokenizer;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The embedded model: a small network that copies what a text says into the members that a schema names. It was trained for
 * this alone, on short English texts.
 *
 * <pre>{@code
 * record Invoice(String customer, LocalDate date, BigDecimal total) {}
 *
 * try (Generator generator = Sprig.generator()) {
 *     Invoice invoice = generator.generate(mail, Output.of(Invoice.class));
 * }
 * }</pre>
 *
 * <p>It reads {@code <|schema|>}, the short form of the schema, {@code <|text|>}, the text, {@code <|json|>}, and writes
 * compact JSON with the members in the schema's order. The three markers are control tokens, which no text can spell.
 */
public final class Sprig {

    /** Tokens that a prompt leaves for the answer, where it can. */
    private static final int ANSWER = 384;

    private static final ModelFiles FILES = ModelFiles.classPath(Sprig.class, "dev/espalier/sprig");

    private Sprig() {}

    /**
     * A generator with this model, on the CPU. The model is told the schema along with the prompt, and closed with the generator. Cost:
     * half a second, two seconds the first time on a machine.
     *
     * @throws ModelException if the model cannot be loaded
     */
    public static Generator generator() {
        return generator(LoadOptions.DEFAULT);
    }

    /** {@link #generator()} on a device and with as many threads as the options say. */
    public static Generator generator(LoadOptions options) {
        return generator(options, Limits.DEFAULT);
    }

    /** {@link #generator(LoadOptions)} with limits of compiling and of masks. */
    public static Generator generator(LoadOptions options, Limits limits) {
        Objects.requireNonNull(options, "options");
        LanguageModel model = load(options);
        return Generator.owning(model, (prompt, output, slots) -> prompt(model, prompt, output), limits);
    }

    /**
     * An infiller with {@link SprigDiffusion}, on the CPU. The model is told the schema along with the prompt, and closed with the
     * infiller. Cost: as for {@link #generator()}.
     *
     * @throws ModelException if the model cannot be loaded
     */
    public static Infiller infiller() {
        return infiller(LoadOptions.DEFAULT);
    }

    /** {@link #infiller()} on a device and with as many threads as the options say. */
    public static Infiller infiller(LoadOptions options) {
        return infiller(options, Limits.DEFAULT);
    }

    /** {@link #infiller(LoadOptions)} with limits of compiling and of masks. */
    public static Infiller infiller(LoadOptions options, Limits limits) {
        Objects.requireNonNull(options, "options");
        MaskedDiffusionModel model = SprigDiffusion.load(options);
        return Infiller.owning(
                model, (prompt, output, slots) -> SprigDiffusion.prompt(model, prompt, output, slots), limits);
    }

    /** Whether the model's files are on the class path, as they are in every release. */
    static boolean isPresent() {
        return FILES.contains("tokenizer.json");
    }

    /**
     * Its tokens, without loading the network. Cost: milliseconds.
     *
     * @throws ModelException if its files are not on the class path
     */
    public static Vocabulary readVocabulary() {
        return readTokenizer().vocabulary();
    }

    /**
     * Its tokenizer, without loading the network. Cost: milliseconds.
     *
     * @throws ModelException if its files are not on the class path
     */
    public static JsonTokenizer readTokenizer() {
        try (InputStream stream = FILES.open("tokenizer.json")) {
            return JsonTokenizer.read(stream, FILES.describe("tokenizer.json"), Limits.DEFAULT);
        } catch (IOException e) {
            throw new ModelException("the embedded model is not on the class path: " + e.getMessage(), e);
        }
    }

    /**
     * Loads it. The caller closes it.
     *
     * @throws ModelException if its files are not on the class path, or the engine cannot be started
     */
    public static LanguageModel load(LoadOptions options) {
        return PyTorchModel.load(FILES, "sprig", options);
    }

    /**
     * The prompt that it was trained on, with as many levels of references as leave room for an answer. Outputs without a
     * schema were not part of the training; it is told what comes nearest.
     */
    public static int[] prompt(LanguageModel model, String prompt, Output<?> output) {
        SprigPrompt tokens = new SprigPrompt(model.vocabulary(), model.encoder());
        return tokens.tokens(prompt, output, model.contextLength() - ANSWER);
    }
}
