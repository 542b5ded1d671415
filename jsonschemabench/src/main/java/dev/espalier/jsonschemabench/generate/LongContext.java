// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.ModelFiles;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model's files with room for more tokens than it was trained on: its rotary positions simply go on. What it writes past
 * its training means less, but it is still the model that chooses among what the constraint allows, and long instances
 * can be whole.
 *
 * @param files the model's own
 * @param more tokens beyond its own context
 */
public record LongContext(ModelFiles files, int more) implements ModelFiles {

    private static final String CONFIG = "config.json";
    private static final String POSITIONS = "max_position_embeddings";

    /**
     * The embedded model, with room for so many tokens beside a prompt as long as its own context.
     *
     * @throws dev.espalier.core.error.ModelException if it cannot be loaded
     */
    public static LanguageModel sprig(LoadOptions options, int maxTokens) {
        ModelFiles files = ModelFiles.classPath(Sprig.class, "dev/espalier/sprig");
        return PyTorchModel.load(new LongContext(files, maxTokens), "sprig", options);
    }

    @Override
    public boolean contains(String name) {
        return files.contains(name);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return name.equals(CONFIG) ? new ByteArrayInputStream(config()) : files.open(name);
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        return name.equals(CONFIG) ? OptionalLong.of(config().length) : files.size(name);
    }

    private byte[] config() throws IOException {
        try (InputStream stream = files.open(CONFIG)) {
            ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(stream);
            config.put(POSITIONS, config.path(POSITIONS).asInt() + more);
            return JsonMapper.shared().writeValueAsBytes(config);
        }
    }

    @Override
    public String describe(String name) {
        return files.describe(name);
    }
}
