// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.core.error.ModelException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The metadata of a file: values by key, such as {@code llama.context_length}. Immutable. */
public final class GgufMetadata {

    private final String source;
    private final Map<String, GgufValue> values;

    GgufMetadata(String source, Map<String, GgufValue> values) {
        this.source = source;
        this.values = values;
    }

    /**
     * Reads the metadata of a file alone: tensors of any type may stand behind it.
     *
     * @throws ModelException if the file cannot be read, or its metadata is not sound
     */
    public static GgufMetadata read(Path path) {
        try (FileBytes file = FileBytes.open(path)) {
            return GgufHeader.metadata(file.source(), new HeaderBytes(file.source(), GgufPart.head(file)));
        }
    }

    /** The name of the file, for messages. */
    public String source() {
        return source;
    }

    /** The keys, in the order of the file. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** The value of a key, if there is one. */
    public Optional<GgufValue> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * The value of a key.
     *
     * @throws ModelException if there is none
     */
    public GgufValue get(String key) {
        return find(key).orElseThrow(() -> new ModelException(source + ": key " + key + " is missing"));
    }
}
