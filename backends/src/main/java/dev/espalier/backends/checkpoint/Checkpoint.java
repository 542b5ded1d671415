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

/**
 * The weights of a model of the Llama family or of its bidirectional relatives: one {@code model.safetensors}, or several with an index.
 *
 * <p>The names and shapes of all tensors are compared with those that the configuration needs before any is loaded.
 */
public final class Checkpoint {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** The tensors that old writers left in the files and that are not needed. */
    private static final Pattern IGNORED =
            Pattern.compile("model\\.(layers\\.\\d+\\.self_attn\\.)?rotary_emb\\.inv_freq");

    private final List<SafetensorsFile> shards;

    /** The names of tensors in the files, each with its name in the program. */
    private final Map<String, String> wanted;

    private Checkpoint(List<SafetensorsFile> shards, Map<String, String> wanted) {
        this.shards = shards;
        this.wanted = wanted;
    }

    /**
     * Opens a model's weights.
     *
     * @throws ModelException if a file or a tensor is missing, superfluous, or not of the shape that is needed
     */
    public static Checkpoint open(FileSource files, ModelConfig config) {
        List<SafetensorsFile> shards = new ArrayList<>();
        for (String name : shardNames(files)) {
            shards.add(SafetensorsFile.open(files, name));
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        Map<String, long[]> needed = new LinkedHashMap<>();
        needed(config).forEach((name, shape) -> {
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
        return new Checkpoint(List.copyOf(shards), wanted);
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

    private static Map<String, long[]> needed(ModelConfig c) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        long hidden = c.hiddenSize();
        shapes.put("model.embed_tokens.weight", new long[] {c.vocabularySize(), hidden});
        shapes.put("model.norm.weight", new long[] {hidden});
        if (!c.tied()) {
            shapes.put("lm_head.weight", new long[] {c.vocabularySize(), hidden});
        }
        for (int layer = 0; layer < c.layers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            addAttention(shapes, prefix + "self_attn.", c);
            addFeedForward(shapes, prefix + "mlp.", c);
            for (String place : List.of("attention", "mlp")) {
                if (c.norms().before()) {
                    shapes.put(prefix + "before_" + place + ".weight", new long[] {hidden});
                }
                if (c.norms().after()) {
                    shapes.put(prefix + "after_" + place + ".weight", new long[] {hidden});
                }
            }
        }
        return shapes;
    }

    private static void addAttention(Map<String, long[]> shapes, String prefix, ModelConfig c) {
        ModelConfig.Attention attention = c.attention();
        long queries = (long) attention.heads() * attention.headSize();
        long keys = (long) attention.groups() * attention.headSize();
        boolean bias = c.biases().query();
        if (c.joined()) {
            add(shapes, prefix + "qkv_proj", queries + 2 * keys, c.hiddenSize(), bias);
        } else {
            add(shapes, prefix + "q_proj", queries, c.hiddenSize(), bias);
            add(shapes, prefix + "k_proj", keys, c.hiddenSize(), bias);
            add(shapes, prefix + "v_proj", keys, c.hiddenSize(), bias);
        }
        add(shapes, prefix + "o_proj", c.hiddenSize(), queries, c.biases().output());
        if (attention.headNorm() != ModelConfig.HeadNorm.NONE) {
            boolean wide = attention.headNorm() == ModelConfig.HeadNorm.WIDE;
            shapes.put(prefix + "q_norm.weight", new long[] {wide ? queries : attention.headSize()});
            shapes.put(prefix + "k_norm.weight", new long[] {wide ? keys : attention.headSize()});
        }
    }

    private static void addFeedForward(Map<String, long[]> shapes, String prefix, ModelConfig c) {
        boolean bias = c.biases().feedForward();
        if (c.joined()) {
            add(shapes, prefix + "gate_up_proj", 2L * c.intermediateSize(), c.hiddenSize(), bias);
        } else {
            add(shapes, prefix + "gate_proj", c.intermediateSize(), c.hiddenSize(), bias);
            add(shapes, prefix + "up_proj", c.intermediateSize(), c.hiddenSize(), bias);
        }
        add(shapes, prefix + "down_proj", c.hiddenSize(), c.intermediateSize(), bias);
    }

    private static void add(Map<String, long[]> shapes, String name, long out, long in, boolean bias) {
        shapes.put(name + ".weight", new long[] {out, in});
        if (bias) {
            shapes.put(name + ".bias", new long[] {out});
        }
    }

    /** The number of weights. */
    public long parameters() {
        return shards.stream()
                .flatMap(shard -> shard.entries().stream())
                .filter(entry -> wanted.containsKey(entry.name()))
                .mapToLong(SafetensorsFile.Entry::elements)
                .sum();
    }

    /** Passes all weights to a sink under the program's names, in the order of the files. Cost: one pass over them. */
    public void read(SafetensorsFile.Sink sink) {
        for (SafetensorsFile shard : shards) {
            shard.read(
                    wanted::containsKey,
                    (entry, offset, chunk) ->
                            sink.put(entry.named(Objects.requireNonNull(wanted.get(entry.name()))), offset, chunk));
        }
    }
}
