package dev.espalier;

import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.ModelFiles;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import java.io.IOException;
import java.io.InputStream;

/**
 * The embedded model: a small network that copies what a text says into the members that a schema names. It was trained for
 * this alone, on short English texts.
 *
 * <p>It reads {@code <|schema|>}, the short form of the schema, {@code <|text|>}, the text, {@code <|json|>}, and writes
 * compact JSON with the members in the schema's order. The three markers are control tokens, which no text can spell.
 */
public final class Sprig {

    /** Tokens that a prompt leaves for the answer, where it can. */
    private static final int ANSWER = 384;

    static final ModelFiles FILES = ModelFiles.classPath(Sprig.class, "dev/espalier/sprig");

    private Sprig() {}

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
        try (InputStream stream = FILES.open("tokenizer.json")) {
            return Vocabulary.read(stream, FILES.describe("tokenizer.json"));
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
        return tokens.tokens(prompt, output.constraint(), model.contextLength() - ANSWER);
    }
}
