// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.checkpoint.ModelConfig.Attention;
import dev.espalier.backends.checkpoint.ModelConfig.Biases;
import dev.espalier.backends.checkpoint.ModelConfig.Factors;
import dev.espalier.backends.checkpoint.ModelConfig.HeadNorm;
import dev.espalier.backends.checkpoint.ModelConfig.Norms;
import dev.espalier.backends.checkpoint.ModelConfig.Positions;
import dev.espalier.backends.checkpoint.ModelFamily.Trait;
import dev.espalier.backends.file.FileSource;
import dev.espalier.backends.file.JsonObject;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * A {@code config.json} as Hugging Face's transformers writes it, read into a {@link ModelConfig}.
 *
 * <p>Any setting that would change the computation but is not supported is refused by name. Source: the configurations and models of
 * transformers 5.23.
 */
public final class HuggingFaceConfig {

    /** Members of configurations that change the computation unless they are off. */
    private static final Set<String> REFUSED = Set.of(
            "quantization_config",
            "rope_interleaved",
            "attn_logit_softcapping",
            "final_logit_softcapping",
            "query_pre_attn_scalar",
            "embedding_multiplier",
            "residual_multiplier",
            "attention_multiplier",
            "logits_scaling",
            "logit_scale",
            "no_rope_layers",
            "no_rope_layer_interval",
            "num_experts",
            "num_local_experts",
            "use_qk_norm",
            "qk_layernorm",
            "clip_qkv",
            "parallel_attn",
            "cross_attention_layers",
            "use_mrope",
            "use_bidirectional_attention",
            "adapter_config");

    static final int MOST = 1 << 24;
    static final int MOST_LAYERS = 4096;
    static final int MOST_IN_HEAD = 1 << 16;

    private final FileSource files;
    private final JsonObject config;
    private final String architecture;
    /** Empty for the bidirectional relatives. */
    private final Optional<ModelFamily> family;

    private final int contextLength;

    private HuggingFaceConfig(FileSource files, JsonObject config, String architecture, int contextLength) {
        this.files = files;
        this.config = config;
        this.architecture = architecture;
        this.family = ModelFamily.ofHuggingFace(architecture);
        this.contextLength = contextLength;
    }

    /**
     * Reads {@code config.json} and, where there is one, {@code generation_config.json}.
     *
     * @param contextLength the most tokens of a sequence that are asked for; 0 for as many as there may be
     * @throws ModelException if a file cannot be read, or a member is missing or out of range
     * @throws UnsupportedFeatureException if the architecture or one of its options is not supported
     */
    public static ModelConfig read(FileSource files, int contextLength) {
        JsonObject config = JsonObject.read(files, "config.json");
        String architecture = architecture(config);
        if (DiffusionConfig.ARCHITECTURES.contains(architecture)) {
            throw refused(
                    config,
                    "architectures",
                    architecture + " is a model of masked diffusion, which fills a canvas in any order; load it as a"
                            + " PyTorchDiffusionModel");
        }
        if (!isCausal(architecture)) {
            throw refused(
                    config,
                    "architectures",
                    ModelFamily.refusal(
                                    architecture,
                                    Arrays.stream(ModelFamily.values()).map(ModelFamily::huggingFace))
                            + ". Other models plug in as TorchScript, or as a LanguageModel of your own");
        }
        return read(files, config, architecture, contextLength);
    }

    /** Reads a configuration with Hugging Face's usual names, whose architecture has been checked. */
    static ModelConfig read(FileSource files, JsonObject config, String architecture, int contextLength) {
        return new HuggingFaceConfig(files, config, architecture, contextLength).read();
    }

    private boolean is(ModelFamily... some) {
        return family.isPresent() && Arrays.asList(some).contains(family.get());
    }

    private boolean has(Trait trait) {
        return family.map(one -> one.has(trait)).orElse(false);
    }

    private ModelConfig read() {
        refuseUnsupported(config, family.map(ModelFamily::members).orElse(Set.of()));
        int layers = config.integer("num_hidden_layers", 1, MOST_LAYERS)
                .orElseThrow(() -> config.missing("num_hidden_layers"));
        int positions = config.integer("max_position_embeddings", 1, Integer.MAX_VALUE)
                .orElse(is(ModelFamily.MISTRAL) ? 131_072 : 2048);
        boolean gemma = has(Trait.GEMMA);
        boolean after = family.map(ModelFamily::normsAfter).orElse(false);
        boolean bias = config.flag("attention_bias", false)
                && family.isPresent()
                && !is(ModelFamily.MISTRAL, ModelFamily.PHI3, ModelFamily.QWEN2);
        boolean always = has(Trait.QUERY_BIASES) || architecture.equals(DiffusionConfig.DREAM);
        return new ModelConfig(
                architecture,
                after ? TensorNames.AFTER : TensorNames.LLAMA,
                require(config, "vocab_size"),
                require(config, "hidden_size"),
                require(config, "intermediate_size"),
                layers,
                attention(layers, positions),
                new Norms(
                        positive("rms_norm_eps", is(ModelFamily.OLMO2, ModelFamily.PHI3) ? 1e-5 : 1e-6),
                        gemma ? 1 : 0,
                        family.map(ModelFamily::normsBefore).orElse(true),
                        after),
                factors(gemma),
                new Biases(
                        bias || always,
                        bias,
                        is(ModelFamily.LLAMA, ModelFamily.GRANITE, ModelFamily.SMOLLM3)
                                && config.flag("mlp_bias", false)),
                has(Trait.JOINED),
                gemma,
                config.flag("tie_word_embeddings", gemma || is(ModelFamily.SMOLLM3)),
                new RotaryReader(config, 2, positions, contextLength).contextLength(),
                endIds(files, config));
    }

    private Attention attention(int layers, int positions) {
        int heads = require(config, "num_attention_heads");
        int groups = config.integer("num_key_value_heads", 1, MOST).orElse(heads);
        int size = config.integer("head_dim", 1, MOST_IN_HEAD)
                .orElse(has(Trait.GEMMA) ? 256 : is(ModelFamily.QWEN3) ? 128 : require(config, "hidden_size") / heads);
        if (heads % groups != 0) {
            throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads, " + heads);
        }
        if (size % 2 != 0 || size == 0 || size > MOST_IN_HEAD) {
            throw config.wrong("head_dim", "an even number up to " + MOST_IN_HEAD);
        }
        int[] window = windows(layers);
        HeadNorm norm = family.map(ModelFamily::headNorm).orElse(HeadNorm.NONE);
        double scale = has(Trait.FACTORS)
                ? positive("attention_multiplier", 1)
                : 1 / Math.sqrt(has(Trait.GEMMA) ? positive("query_pre_attn_scalar", 256) : size);
        double cap = has(Trait.CAPS) || config.get("attn_logit_softcapping").isPresent()
                ? softCap("attn_logit_softcapping", 50)
                : 0;
        return new Attention(heads, groups, size, positions(size, layers, positions, window), window, norm, scale, cap);
    }

    private Factors factors(boolean gemma) {
        if (gemma) {
            boolean caps =
                    has(Trait.CAPS) || config.get("final_logit_softcapping").isPresent();
            return new Factors(
                    Math.sqrt(require(config, "hidden_size")), 1, 1, caps ? softCap("final_logit_softcapping", 30) : 0);
        }
        return has(Trait.FACTORS)
                ? new Factors(
                        positive("embedding_multiplier", 1),
                        positive("residual_multiplier", 1),
                        1 / positive("logits_scaling", 1),
                        0)
                : Factors.NONE;
    }

    /** A soft cap; none if the member is null or 0, as {@code otherwise} if it is missing. */
    private double softCap(String name, double otherwise) {
        return config.isNull(name)
                ? 0
                : config.number(name)
                        .map(cap -> cap == 0 ? 0 : positive(name, cap))
                        .orElse(otherwise);
    }

    private double positive(String name, double otherwise) {
        double value = config.number(name).orElse(otherwise);
        if (!(value > 0) || Double.isInfinite(value)) {
            throw config.wrong(name, "a positive number");
        }
        return value;
    }

    private Positions positions(int size, int layers, int positions, int[] window) {
        RotaryReader reader = new RotaryReader(config, size, positions, contextLength);
        if (has(Trait.LOCAL_ROTATION)) {
            RotaryEmbedding[] tables = {
                reader.read("full_attention", "rope_theta", 1e6),
                reader.read("sliding_attention", "rope_local_base_freq", 1e4)
            };
            return new Positions(
                    tables,
                    Arrays.stream(window).map(limit -> limit > 0 ? 1 : 0).toArray(),
                    reader.rotated(),
                    false);
        }
        RotaryEmbedding usual = reader.read();
        if (has(Trait.STILL_LAYERS)) {
            IntPredicate rotates = rotatingLayers(layers);
            int[] table = new int[layers];
            for (int layer = 0; layer < layers; layer++) {
                table[layer] = rotates.test(layer) ? 0 : 1;
            }
            return new Positions(
                    new RotaryEmbedding[] {usual, RotaryEmbedding.none(size)}, table, reader.rotated(), false);
        }
        return new Positions(new RotaryEmbedding[] {usual}, new int[layers], reader.rotated(), false);
    }

    private IntPredicate rotatingLayers(int layers) {
        Optional<List<?>> given = config.list("no_rope_layers");
        if (given.isEmpty()) {
            int interval =
                    config.integer("no_rope_layer_interval", 1, MOST_LAYERS).orElse(4);
            return layer -> (layer + 1) % interval != 0;
        }
        if (given.get().size() < layers) {
            throw config.wrong("no_rope_layers", "a number for each of " + layers + " layers");
        }
        return layer -> given.get().get(layer) instanceof BigDecimal number && number.signum() != 0;
    }

    static int require(JsonObject config, String name) {
        return config.integer(name, 1, MOST).orElseThrow(() -> config.missing(name));
    }

    /** The first of the architectures that a configuration names. */
    static String architecture(JsonObject config) {
        List<?> named = config.list("architectures").orElseThrow(() -> config.missing("architectures"));
        return named.isEmpty() ? "" : String.valueOf(named.get(0));
    }

    /** Whether an architecture is one of those that write from left to right. */
    static boolean isCausal(String architecture) {
        return ModelFamily.ofHuggingFace(architecture).isPresent();
    }

    /** Refuses options that the architecture does not compute. */
    static void refuseUnsupported(JsonObject config, Set<String> own) {
        boolean gemma = own.contains("query_pre_attn_scalar");
        String name = gemma ? "hidden_activation" : "hidden_act";
        String right = gemma ? "gelu_pytorch_tanh" : "silu";
        String activation = config.text(name).orElse(right);
        if (!activation.equals(right) && !(activation.equals("swish") && !gemma)) {
            throw refused(config, name, "activation " + activation + " is not supported, only " + right + " is");
        }
        config.names().forEach(member -> refuseUnsupported(config, own, member));
    }

    private static void refuseUnsupported(JsonObject config, Set<String> own, String name) {
        Object value = config.get(name).orElse(false);
        boolean off = value.equals(false)
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof BigDecimal number && number.signum() == 0;
        if (REFUSED.contains(name) && !own.contains(name) && !off) {
            throw refused(config, name, "this option changes the computation and is not supported");
        }
    }

    static UnsupportedFeatureException refused(JsonObject config, String name, String message) {
        return new UnsupportedFeatureException(
                name, message, new Place(config.source(), 0, 0, config.pointer(name), ""));
    }

    private int[] windows(int layers) {
        int[] windows = new int[layers];
        boolean gemma = has(Trait.GEMMA);
        boolean qwen = is(ModelFamily.QWEN2, ModelFamily.QWEN3);
        boolean asked = is(ModelFamily.QWEN2, ModelFamily.QWEN3, ModelFamily.SMOLLM3)
                && config.flag("use_sliding_window", false);
        Optional<Integer> window = config.integer("sliding_window", 1, Integer.MAX_VALUE);
        boolean usual = gemma || is(ModelFamily.MISTRAL) || asked && qwen;
        if (usual && window.isEmpty() && !config.isNull("sliding_window")) {
            window = Optional.of(4096);
        }
        if (!(asked || gemma || is(ModelFamily.MISTRAL, ModelFamily.PHI3)) || window.isEmpty()) {
            return windows;
        }
        Optional<List<?>> types = config.list("layer_types");
        if (types.isPresent() && types.get().size() != layers) {
            throw config.wrong("layer_types", "one type for each of " + layers + " layers");
        }
        IntPredicate limited = slidingLayers(layers, qwen);
        for (int layer = 0; layer < layers; layer++) {
            boolean slides = types.isPresent() ? slides(config, types.get().get(layer)) : limited.test(layer);
            windows[layer] = slides ? window.get() : 0;
        }
        return windows;
    }

    /** The layers that slide where {@code layer_types} does not say it. */
    private IntPredicate slidingLayers(int layers, boolean qwen) {
        if (qwen) {
            int full = config.integer("max_window_layers", 0, MOST).orElse(28);
            return layer -> layer >= full;
        } else if (is(ModelFamily.GEMMA2)) {
            return layer -> layer % 2 == 0;
        } else if (is(ModelFamily.GEMMA3)) {
            int pattern = config.integer("sliding_window_pattern", 1, MOST_LAYERS)
                    .or(() -> config.integer("_sliding_window_pattern", 1, MOST_LAYERS))
                    .orElse(6);
            return layer -> (layer + 1) % pattern != 0;
        } else if (has(Trait.STILL_LAYERS)) {
            IntPredicate rotates = rotatingLayers(layers);
            return layer -> !rotates.test(layer);
        }
        return layer -> true;
    }

    private static boolean slides(JsonObject config, Object type) {
        if (!type.equals("sliding_attention") && !type.equals("full_attention")) {
            throw refused(config, "layer_types", "layer type " + type + " is not supported");
        }
        return type.equals("sliding_attention");
    }

    static int[] endIds(FileSource files, JsonObject config) {
        if (files.contains("generation_config.json")) {
            int[] ids = endIds(JsonObject.read(files, "generation_config.json"));
            if (ids.length > 0) {
                return ids;
            }
        }
        return endIds(config);
    }

    private static int[] endIds(JsonObject object) {
        Object value = object.get("eos_token_id").orElse(List.of());
        List<?> items = value instanceof List<?> list ? list : List.of(value);
        return items.stream()
                .mapToInt(item -> {
                    if (item instanceof BigDecimal id
                            && id.signum() >= 0
                            && id.compareTo(BigDecimal.valueOf(MOST)) < 0
                            && id.compareTo(BigDecimal.valueOf(id.intValue())) == 0) {
                        return id.intValue();
                    }
                    throw object.wrong("eos_token_id", "a token id or a list of them");
                })
                .distinct()
                .toArray();
    }
}
