// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.checkpoint.GgufConfig;
import dev.espalier.backends.checkpoint.ModelConfig;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.backends.gguf.GgufTemplate;
import dev.espalier.backends.network.DecoderNetwork;
import dev.espalier.backends.torch.LogitRows;
import dev.espalier.backends.torch.TorchProgram;
import dev.espalier.backends.torch.TorchSettings;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.ModelTemplate;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts of a model from a Hugging Face directory: tokenizer, network and logits. Owns native memory.
 *
 * @param contextLength the most tokens of a sequence that both the model and the options allow
 * @param template the chat template of the files
 * @param report what loading did to the weights
 */
record LoadedModel(
        Vocabulary vocabulary,
        PromptEncoder encoder,
        DecoderNetwork network,
        LogitRows rows,
        int contextLength,
        Optional<ModelTemplate> template,
        LoadReport report)
        implements AutoCloseable {

    /**
     * Loads tokenizer and weights of a Hugging Face directory.
     *
     * @param deviceLogits whether logits stay with the program until they are read
     */
    static LoadedModel load(ModelFiles files, ModelConfig config, LoadOptions options, boolean deviceLogits) {
        return load(
                ModelTokenizer.read(files, config),
                () -> Checkpoint.safetensors(new ModelFileSource(files), config),
                config,
                options,
                deviceLogits,
                ModelTemplates.of(files));
    }

    /**
     * Loads a GGUF file, which is closed after that.
     *
     * @param deviceLogits whether logits stay with the program until they are read
     */
    static LoadedModel gguf(Path path, LoadOptions options, boolean deviceLogits) {
        try (GgufFile file = GgufFile.open(path)) {
            ModelConfig config = GgufConfig.read(file, options.contextLength());
            return load(
                    ModelTokenizer.read(file, config),
                    () -> Checkpoint.gguf(file, config),
                    config,
                    options,
                    deviceLogits,
                    GgufTemplate.of(file.metadata()));
        }
    }

    private static LoadedModel load(
            ModelTokenizer tokenizer,
            Supplier<Checkpoint> weights,
            ModelConfig config,
            LoadOptions options,
            boolean deviceLogits,
            Optional<ModelTemplate> template) {
        Checkpoint checkpoint = weights.get();
        TorchSettings settings = options.torch(checkpoint);
        DecoderNetwork network = DecoderNetwork.load(checkpoint, config, settings);
        try {
            LogitRows rows = new LogitRows(
                    config.vocabularySize(), deviceLogits ? TorchProgram.resource(LogitRows.PROGRAM, settings) : null);
            int most = options.contextLength() == 0 ? config.contextLength() : options.contextLength();
            return new LoadedModel(
                    tokenizer.vocabulary(),
                    tokenizer.encoder(),
                    network,
                    rows,
                    Math.min(most, config.contextLength()),
                    template,
                    LoadReport.of(checkpoint, network, settings.precision()));
        } catch (RuntimeException e) {
            try {
                network.close();
            } catch (RuntimeException failure) {
                e.addSuppressed(failure);
            }
            throw e;
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
        try (network) {
            rows.close();
        }
    }
}
