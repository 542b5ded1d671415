// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.file.FileSource;
import dev.espalier.backends.file.JsonObject;
import dev.espalier.backends.file.SafetensorsFile;
import dev.espalier.core.error.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The weights of a Hugging Face directory: one {@code model.safetensors}, or several with an index.
 *
 * <p>The names and shapes of all tensors are compared with those that the configuration needs before any is loaded.
 */
final class SafetensorsCheckpoint implements Checkpoint {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** The tensors that old writers left in the files and that are not needed. */
    private static final Pattern IGNORED =
            Pattern.compile("model\\.(layers\\.\\d+\\.self_attn\\.)?rotary_emb\\.inv_freq");

    private final List<SafetensorsFile> shards;

    /** The names of tensors in the files, each with its name in the program. */
    private final Map<String, String> wanted;

    private SafetensorsCheckpoint(List<SafetensorsFile> shards, Map<String, String> wanted) {
        this.shards = shards;
        this.wanted = wanted;
    }

    /**
     * Opens a model's weights.
     *
     * @throws ModelException if a file or a tensor is missing, superfluous, or not of the shape that is needed
     */
    static SafetensorsCheckpoint open(FileSource files, ModelConfig config) {
        List<SafetensorsFile> shards = new ArrayList<>();
        for (String name : shardNames(files)) {
            shards.add(SafetensorsFile.open(files, name));
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        Map<String, long[]> needed = new LinkedHashMap<>();
        NeededTensors.of(config).forEach((name, shape) -> {
            wanted.put(config.names().inFiles(name), name);
            needed.put(config.names().inFiles(name), shape);
        });
        Map<String, String> found = new HashMap<>();
        for (SafetensorsFile shard : shards) {
            for (SafetensorsFile.Entry entry : shard.entries()) {
                check(shard, entry, needed, config);
                String before = found.put(entry.name(), shard.source());
                if (before != null) {
                    throw new ModelException(shard.source() + ": tensor " + entry.name() + " is also in " + before
                            + "; expected it once");
                }
            }
        }
        for (String tensor : needed.keySet()) {
            if (!found.containsKey(tensor)) {
                throw new ModelException(shards.get(0).source() + ": tensor " + tensor + " is missing"
                        + (shards.size() > 1 ? ", here and in the other shards" : ""));
            }
        }
        return new SafetensorsCheckpoint(List.copyOf(shards), wanted);
    }

    private static Set<String> shardNames(FileSource files) {
        if (files.contains(SINGLE)) {
            return Set.of(SINGLE);
        }
        if (!files.contains(INDEX)) {
            throw new ModelException(files.describe(SINGLE) + ": there is no such file, nor " + INDEX
                    + " beside it; expected the weights");
        }
        JsonObject index = JsonObject.read(files, INDEX);
        JsonObject map = index.object("weight_map").orElseThrow(() -> index.missing("weight_map"));
        Set<String> names = new LinkedHashSet<>();
        for (String tensor : map.names()) {
            String name = map.text(tensor).orElseThrow(() -> map.missing(tensor));
            if (!FILE_NAME.matcher(name).matches()) {
                throw map.wrong(tensor, "the plain name of a file");
            }
            if (names.add(name) && !files.contains(name)) {
                throw new ModelException(files.describe(name) + ": there is no such file, but " + INDEX
                        + " says that it has tensor " + tensor);
            }
        }
        if (names.isEmpty()) {
            throw index.wrong("weight_map", "at least one tensor");
        }
        return names;
    }

    private static void check(
            SafetensorsFile shard, SafetensorsFile.Entry entry, Map<String, long[]> needed, ModelConfig config) {
        long[] shape = needed.get(entry.name());
        boolean ignored = IGNORED.matcher(entry.name()).matches()
                || config.tied() && entry.name().equals(config.names().inFiles("lm_head.weight"));
        if (shape == null && !ignored) {
            throw new ModelException(shard.source() + ": tensor " + entry.name() + " is not part of "
                    + config.architecture() + " with this config.json");
        }
        if (shape != null && !Arrays.equals(shape, entry.shape())) {
            throw new ModelException(shard.source() + ": tensor " + entry.name() + " has shape "
                    + Arrays.toString(entry.shape()) + "; config.json asks for " + Arrays.toString(shape));
        }
        if (shape != null && !entry.type().isWeight()) {
            throw new ModelException(shard.source() + ": tensor " + entry.name() + " has element type " + entry.type()
                    + "; F32, F16 and BF16 are supported");
        }
    }

    private Stream<SafetensorsFile.Entry> entries() {
        return shards.stream()
                .flatMap(shard -> shard.entries().stream())
                .filter(entry -> wanted.containsKey(entry.name()));
    }

    @Override
    public List<Stored> tensors() {
        return entries()
                .map(entry -> new Stored(
                        Objects.requireNonNull(wanted.get(entry.name())),
                        entry.type().name(),
                        entry.shape(),
                        8 * entry.type().bytes()))
                .toList();
    }

    @Override
    public Map<String, TensorPlace> places() {
        Map<String, TensorPlace> places = new LinkedHashMap<>();
        for (SafetensorsFile shard : shards) {
            for (SafetensorsFile.Entry entry : shard.entries()) {
                String name = wanted.get(entry.name());
                if (name != null) {
                    places.put(name, new TensorPlace(shard.source(), entry.name()));
                }
            }
        }
        return places;
    }

    @Override
    public void read(Sink sink) {
        for (SafetensorsFile shard : shards) {
            shard.read(
                    wanted::containsKey,
                    (entry, offset, chunk) -> sink.put(
                            Objects.requireNonNull(wanted.get(entry.name())),
                            entry.shape(),
                            entry.type(),
                            offset,
                            chunk));
        }
    }
}
