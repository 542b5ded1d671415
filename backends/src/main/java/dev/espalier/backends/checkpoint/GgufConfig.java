// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.checkpoint.ModelConfig.Attention;
import dev.espalier.backends.checkpoint.ModelConfig.Biases;
import dev.espalier.backends.checkpoint.ModelConfig.Factors;
import dev.espalier.backends.checkpoint.ModelConfig.Norms;
import dev.espalier.backends.checkpoint.ModelConfig.Positions;
import dev.espalier.backends.checkpoint.ModelFamily.Trait;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.backends.gguf.GgufMetadata;
import dev.espalier.backends.gguf.GgufTensor;
import dev.espalier.backends.gguf.GgufTokens;
import dev.espalier.backends.gguf.GgufValue;
import dev.espalier.backends.gguf.GgufValueType;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The metadata of a GGUF file, read into a {@link ModelConfig}.
 *
 * <p>What files do not say is as the writers of the format have it: queries and keys of Llama and its nearest relatives have the components that
 * rotate together side by side; weights of Gemma's norms have their 1; which layers slide or do not rotate goes by the architecture.
 */
public final class GgufConfig {

    /** Layers of the models that scale attention by the width of a head, though their heads are of another size. */
    private static final int GEMMA2_27B = 46;

    private static final int GEMMA3_27B = 62;

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final ModelFamily family;
    private final int asked;
    private final int layers;

    private GgufConfig(GgufFile file, ModelFamily family, int asked) {
        this.file = file;
        this.metadata = file.metadata();
        this.family = family;
        this.asked = asked;
        this.layers = own("block_count").integer(1, HuggingFaceConfig.MOST_LAYERS);
    }

    /**
     * Reads the metadata of a file.
     *
     * @param contextLength the most tokens of a sequence that are asked for; 0 for as many as there may be
     * @throws ModelException if a key is missing or out of range
     * @throws UnsupportedFeatureException if the architecture or an option is not supported
     */
    public static ModelConfig read(GgufFile file, int contextLength) {
        String name = file.metadata().get("general.architecture").text();
        ModelFamily family = ModelFamily.ofGguf(name)
                .orElseThrow(() -> refused(
                        file,
                        "general.architecture",
                        ModelFamily.refusal(
                                name, Arrays.stream(ModelFamily.values()).map(ModelFamily::gguf))));
        return new GgufConfig(file, family, contextLength).read();
    }

    private static UnsupportedFeatureException refused(GgufFile file, String key, String message) {
        return new UnsupportedFeatureException(key, message, new Place(file.source(), 0, 0, key, ""));
    }

    private GgufValue own(String key) {
        return metadata.get(family.gguf() + "." + key);
    }

    private Optional<GgufValue> find(String key) {
        return metadata.find(family.gguf() + "." + key);
    }

    /** A positive number; {@code otherwise} where the key is missing or, as some writers have it, 0. */
    private double number(String key, double otherwise) {
        return find(key)
                .map(GgufValue::number)
                .filter(value -> value != 0)
                .map(value -> positive(key, value))
                .orElse(otherwise);
    }

    /** A bound of a hyperbolic tangent; 0 for none. */
    private double cap(String key, double otherwise) {
        double value = find(key).map(GgufValue::number).orElse(otherwise);
        return value == 0 ? 0 : positive(key, value);
    }

    private double positive(String key, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw wrong(key, "a positive number, found " + value);
        }
        return value;
    }

    private ModelException wrong(String key, String expected) {
        return new ModelException(file.source() + ": key " + family.gguf() + "." + key + ": expected " + expected);
    }

    private boolean is(ModelFamily... some) {
        return Arrays.asList(some).contains(family);
    }

    private boolean has(String tensor) {
        return file.tensor(tensor).isPresent();
    }

    private ModelConfig read() {
        if (find("expert_count").map(GgufValue::integer).orElse(0L) > 0) {
            throw refused(file, family.gguf() + ".expert_count", "mixtures of experts are not supported");
        }
        boolean gemma = family.has(Trait.GEMMA);
        int hidden = own("embedding_length").integer(1, HuggingFaceConfig.MOST);
        GgufTensor embedding = file.tensor("token_embd.weight")
                .filter(tensor -> tensor.shape().length == 2)
                .orElseThrow(() ->
                        new ModelException(file.source() + ": tensor token_embd.weight is missing, or no matrix"));
        if (embedding.shape()[0] > HuggingFaceConfig.MOST) {
            throw new ModelException(file.source() + ": tensor token_embd.weight has "
                    + embedding.shape()[0] + " rows; expected at most " + HuggingFaceConfig.MOST);
        }
        int rows = (int) embedding.shape()[0];
        int context = own("context_length").integer(1, Integer.MAX_VALUE);
        return new ModelConfig(
                family.gguf(),
                TensorNames.GGUF,
                rows,
                hidden,
                own("feed_forward_length").integer(1, HuggingFaceConfig.MOST),
                layers,
                attention(hidden),
                new Norms(
                        positive(
                                "attention.layer_norm_rms_epsilon",
                                own("attention.layer_norm_rms_epsilon").number()),
                        0,
                        family.normsBefore(),
                        family.normsAfter()),
                new Factors(
                        gemma ? Math.sqrt(hidden) : number("embedding_scale", 1),
                        number("residual_scale", 1),
                        1 / number("logit_scale", 1),
                        gemma ? cap("final_logit_softcapping", family.has(Trait.CAPS) ? 30 : 0) : 0),
                new Biases(
                        has("blk.0.attn_q.bias") || has("blk.0.attn_qkv.bias"),
                        has("blk.0.attn_output.bias"),
                        has("blk.0.ffn_down.bias")),
                has("blk.0.attn_qkv.weight"),
                gemma,
                !has("output.weight"),
                isLongrope() && asked <= original() ? Math.min(context, original()) : context,
                GgufTokens.endIds(metadata, rows));
    }

    private Attention attention(int hidden) {
        int heads = own("attention.head_count").integer(1, HuggingFaceConfig.MOST);
        int groups = find("attention.head_count_kv")
                .map(value -> value.integer(1, HuggingFaceConfig.MOST))
                .orElse(heads);
        int size = find("attention.key_length")
                .map(value -> value.integer(1, HuggingFaceConfig.MOST_IN_HEAD))
                .orElse(Math.min(hidden / heads, HuggingFaceConfig.MOST_IN_HEAD));
        int values = find("attention.value_length")
                .map(value -> value.integer(1, HuggingFaceConfig.MOST))
                .orElse(size);
        if (heads % groups != 0 || size == 0 || size % 2 != 0 || values != size) {
            throw new ModelException(file.source() + ": " + heads + " heads of " + size + " components for " + groups
                    + " of keys and of " + values + " for values: expected a multiple of these, and one even size");
        }
        boolean ofWidth =
                is(ModelFamily.GEMMA2) && layers == GEMMA2_27B || is(ModelFamily.GEMMA3) && layers == GEMMA3_27B;
        double scale = number("attention.scale", 1 / Math.sqrt(ofWidth ? (double) hidden / heads : size));
        double cap = cap("attn_logit_softcapping", family.has(Trait.CAPS) ? 50 : 0);
        int[] window = window();
        return new Attention(heads, groups, size, positions(size, window), window, family.headNorm(), scale, cap);
    }

    private int[] window() {
        int limit = find("attention.sliding_window")
                .map(value -> value.integer(0, Integer.MAX_VALUE))
                .orElse(is(ModelFamily.GEMMA2) ? 4096 : 0);
        Optional<GgufValue> pattern = find("attention.sliding_window_pattern");
        if (pattern.isPresent() && pattern.get().type() == GgufValueType.ARRAY) {
            List<Boolean> slides = pattern.get().elements().map(GgufValue::flag).toList();
            if (slides.size() != layers) {
                throw wrong(
                        "attention.sliding_window_pattern",
                        "true or false for each of " + layers + " layers, found " + slides.size());
            }
            return slides.stream().mapToInt(slide -> slide ? limit : 0).toArray();
        }
        int every = pattern.map(value -> value.integer(1, HuggingFaceConfig.MOST_LAYERS))
                .orElse(is(ModelFamily.GEMMA3) ? 6 : is(ModelFamily.GEMMA2) ? 2 : is(ModelFamily.OLMO2) ? 4 : 0);
        return IntStream.range(0, layers)
                .map(layer -> every > 0 && (layer + 1) % every == 0 ? 0 : limit)
                .toArray();
    }

    private Positions positions(int size, int[] window) {
        int rotated = find("rope.dimension_count")
                .map(value -> value.integer(2, size))
                .orElse(size);
        if (rotated % 2 != 0) {
            throw new ModelException(
                    file.source() + ": key " + family.gguf() + ".rope.dimension_count: expected an even number");
        }
        double theta = number("rope.freq_base", is(ModelFamily.GEMMA3) ? 1e6 : 1e4);
        RotaryEmbedding usual = scaled(RotaryScaling.none(theta, rotated), size);
        requireFinite(usual);
        if (is(ModelFamily.GEMMA3, ModelFamily.OLMO2)) {
            double local = number("rope.freq_base_swa", is(ModelFamily.GEMMA3) ? 1e4 : theta);
            RotaryEmbedding near = RotaryEmbedding.of(RotaryScaling.none(local, rotated), 1, size);
            requireFinite(near);
            int[] table = Arrays.stream(window).map(limit -> limit > 0 ? 1 : 0).toArray();
            return new Positions(new RotaryEmbedding[] {usual, near}, table, rotated, family.has(Trait.NEIGHBOURS));
        }
        RotaryEmbedding[] tables = {usual, RotaryEmbedding.none(size)};
        int[] table = IntStream.range(0, layers)
                .map(layer -> family.has(Trait.STILL_LAYERS) && (layer + 1) % 4 == 0 ? 1 : 0)
                .toArray();
        return new Positions(
                family.has(Trait.STILL_LAYERS) ? tables : Arrays.copyOf(tables, 1),
                table,
                rotated,
                family.has(Trait.NEIGHBOURS));
    }

    private RotaryEmbedding scaled(double[] base, int size) {
        requireUsual("rope.scaling.yarn_attn_factor", 1, 1);
        requireUsual("rope.scaling.yarn_ext_factor", 1, -1); // -1: not set
        requireUsual("rope.scaling.yarn_log_multiplier", 0, 0);
        if (isLongrope()) {
            String name = asked > original() ? "rope_factors_long.weight" : "rope_factors_short.weight";
            double length = number("rope.scaling.attn_factor", 1);
            return RotaryEmbedding.of(divided(base, name), length, size);
        } else if (has("rope_freqs.weight")) {
            return RotaryEmbedding.of(divided(base, "rope_freqs.weight"), 1, size);
        }
        String type = find("rope.scaling.type").map(GgufValue::text).orElse("linear");
        double factor = number("rope.scaling.factor", number("rope.scale_linear", 1));
        return switch (type) {
            case "none" -> RotaryEmbedding.of(base, 1, size);
            case "linear" -> RotaryEmbedding.of(RotaryScaling.linear(base, factor), 1, size);
            case "yarn" -> {
                RotaryScaling.Yarn yarn = new RotaryScaling.Yarn(
                        factor,
                        number("rope.freq_base", 1e4),
                        original(),
                        number("rope.scaling.yarn_beta_fast", 32),
                        number("rope.scaling.yarn_beta_slow", 1),
                        true);
                yield RotaryEmbedding.of(
                        yarn.scaled(base),
                        number("rope.scaling.attn_factor", 1) * RotaryScaling.stretch(factor, 1),
                        size);
            }
            default ->
                throw refused(
                        file,
                        family.gguf() + ".rope.scaling.type",
                        "\"" + type + "\" is not supported; none, linear, yarn and longrope are");
        };
    }

    /** Refuses a factor of YaRN that is not computed: one that is neither of the values that change nothing. */
    private void requireUsual(String key, double usual, double other) {
        double value = find(key).map(GgufValue::number).orElse(usual);
        if (value != usual && value != other) {
            throw refused(
                    file,
                    family.gguf() + "." + key,
                    "this factor changes the computation and is not supported: expected " + usual + ", found " + value);
        }
    }

    private void requireFinite(RotaryEmbedding embedding) {
        if (!embedding.isFinite()) {
            throw wrong("rope", "numbers of which each pair's angle per position is one, too");
        }
    }

    private boolean isLongrope() {
        return has("rope_factors_short.weight");
    }

    private int original() {
        return find("rope.scaling.original_context_length")
                .or(() -> find("context_length"))
                .map(value -> value.integer(1, Integer.MAX_VALUE))
                .orElse(Integer.MAX_VALUE);
    }

    /** Frequencies divided by the factors that a tensor holds. */
    private double[] divided(double[] base, String name) {
        GgufTensor tensor = file.tensor(name)
                .orElseThrow(() -> new ModelException(file.source() + ": tensor " + name + " is missing"));
        if (tensor.rows() != 1 || tensor.rowLength() != base.length) {
            throw new ModelException(
                    file.source() + ": tensor " + name + " has shape " + Arrays.toString(tensor.shape())
                            + "; expected a factor for each of " + base.length + " pairs that rotate");
        }
        float[] factors = new float[base.length];
        file.read(tensor, 0, 1, factors);
        double[] given =
                IntStream.range(0, base.length).mapToDouble(i -> factors[i]).toArray();
        if (Arrays.stream(given).anyMatch(factor -> !(factor > 0))) {
            throw new ModelException(file.source() + ": tensor " + name + ": expected positive factors");
        }
        return RotaryScaling.divided(base, given);
    }
}
