// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.checkpoint.GgufConfig;
import dev.espalier.backends.checkpoint.ModelConfig;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.backends.network.DecoderNetwork;
import dev.espalier.backends.torch.LogitRows;
import dev.espalier.backends.torch.TorchProgram;
import dev.espalier.backends.torch.TorchSettings;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.ModelTemplate;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts of a model from a Hugging Face directory: tokenizer, network and logits. Owns native memory.
 *
 * @param contextLength the most tokens of a sequence that both the model and the options allow
 * @param template the chat template of the files
 */
record LoadedModel(
        Vocabulary vocabulary,
        PromptEncoder encoder,
        DecoderNetwork network,
        LogitRows rows,
        int contextLength,
        Optional<ModelTemplate> template)
        implements AutoCloseable {

    /**
     * Loads tokenizer and weights of a Hugging Face directory.
     *
     * @param deviceLogits whether logits stay with the program until they are read
     */
    static LoadedModel load(ModelFiles files, ModelConfig config, LoadOptions options, boolean deviceLogits) {
        Vocabulary vocabulary = vocabulary(files, config);
        Optional<ModelTemplate> template = ModelTemplates.of(files);
        HuggingFaceEncoder encoder = HuggingFaceEncoder.read(files, "tokenizer.json");
        return load(
                vocabulary,
                encoder,
                () -> Checkpoint.safetensors(new ModelFileSource(files), config),
                config,
                options,
                deviceLogits,
                template);
    }

    /**
     * Loads a GGUF file, which is closed after that.
     *
     * @param deviceLogits whether logits stay with the program until they are read
     */
    static LoadedModel gguf(Path path, LoadOptions options, boolean deviceLogits) {
        try (GgufFile file = GgufFile.open(path)) {
            ModelConfig config = GgufConfig.read(file, options.contextLength());
            GgufEncoder encoder = GgufEncoder.read(file);
            Vocabulary vocabulary = encoder.vocabulary(config.endIds()).withSize(config.vocabularySize());
            return load(
                    vocabulary,
                    encoder,
                    () -> Checkpoint.gguf(file, config),
                    config,
                    options,
                    deviceLogits,
                    ModelTemplates.of(file));
        }
    }

    private static LoadedModel load(
            Vocabulary vocabulary,
            PromptEncoder encoder,
            Supplier<Checkpoint> weights,
            ModelConfig config,
            LoadOptions options,
            boolean deviceLogits,
            Optional<ModelTemplate> template) {
        List<AutoCloseable> opened = new ArrayList<>(List.of(encoder));
        try {
            Checkpoint checkpoint = weights.get();
            TorchSettings settings = options.torch(checkpoint);
            DecoderNetwork network = DecoderNetwork.load(checkpoint, config, settings);
            opened.add(network);
            LogitRows rows = new LogitRows(
                    config.vocabularySize(), deviceLogits ? TorchProgram.resource(LogitRows.PROGRAM, settings) : null);
            int most = options.contextLength() == 0 ? config.contextLength() : options.contextLength();
            return new LoadedModel(
                    vocabulary, encoder, network, rows, Math.min(most, config.contextLength()), template);
        } catch (RuntimeException e) {
            for (AutoCloseable resource : opened) {
                close(resource, e);
            }
            throw e;
        }
    }

    private static void close(AutoCloseable resource, RuntimeException failure) {
        try {
            resource.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private static Vocabulary vocabulary(ModelFiles files, ModelConfig config) {
        String source = files.describe("tokenizer.json");
        try {
            Vocabulary read =
                    Vocabulary.read(files.open("tokenizer.json"), source).withSize(config.vocabularySize());
            return config.endIds().length == 0 ? read : read.withEndIds(config.endIds());
        } catch (NoSuchFileException e) {
            throw new ModelException(source + ": there is no such file", e);
        } catch (IOException e) {
            throw new ModelException(source + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Checks that a token has a row in the embedding. */
    void requireToken(int token) {
        if (token < 0 || token >= vocabulary.size()) {
            throw new ModelException("token " + token + " is outside the vocabulary of " + vocabulary.size() + " ids");
        }
    }

    @Override
    public void close() {
        try (encoder;
                network) {
            rows.close();
        }
    }
}
