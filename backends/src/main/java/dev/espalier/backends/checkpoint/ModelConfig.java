// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.file.FileSource;
import dev.espalier.backends.file.JsonObject;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a {@code config.json} of the Llama family that determines the computation.
 *
 * <p>Any setting that would change the computation but is not supported is refused by name.
 *
 * @param architecture the first of {@code architectures}
 * @param names the names of the tensors
 * @param vocabularySize the rows of the embedding, the width of the logits
 * @param hiddenSize the width of the residual stream
 * @param intermediateSize the width inside the feed-forward layers
 * @param layers the number of layers
 * @param heads query heads
 * @param groups key and value heads, a divisor of {@code heads}
 * @param headSize the size of a head, even
 * @param epsilon the number added to the mean square in RMS normalisation
 * @param rotary the position embedding
 * @param window for each layer, the number of positions to which a token attends, itself included; 0 for all
 * @param tied whether the embedding is also the output projection
 * @param queryBias whether queries, keys and values have biases
 * @param outputBias whether the attention's output has one
 * @param feedForwardBias whether the feed-forward projections have biases
 * @param headNorm whether queries and keys are normalised per head
 * @param contextLength the most positions
 * @param endIds the ids that end a text, from {@code generation_config.json} or else from {@code config.json}
 */
public record ModelConfig(
        String architecture,
        TensorNames names,
        int vocabularySize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int groups,
        int headSize,
        double epsilon,
        RotaryEmbedding rotary,
        int[] window,
        boolean tied,
        boolean queryBias,
        boolean outputBias,
        boolean feedForwardBias,
        boolean headNorm,
        int contextLength,
        int[] endIds) {

    private static final String LLAMA = "LlamaForCausalLM";
    private static final String MISTRAL = "MistralForCausalLM";
    private static final String QWEN2 = "Qwen2ForCausalLM";
    private static final String QWEN3 = "Qwen3ForCausalLM";
    private static final List<String> ARCHITECTURES = List.of(LLAMA, MISTRAL, QWEN2, QWEN3);

    /** Members of configurations in the family that change the computation unless they are off. */
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
            "adapter_config");

    static final int MOST = 1 << 24;
    static final int MOST_LAYERS = 4096;

    /**
     * Reads {@code config.json} and, where there is one, {@code generation_config.json}.
     *
     * @throws ModelException if a file cannot be read, or a member is missing or out of range
     * @throws UnsupportedFeatureException if the architecture or one of its options is not supported
     */
    public static ModelConfig read(FileSource files) {
        JsonObject config = JsonObject.read(files, "config.json");
        String architecture = architecture(config);
        if (DiffusionConfig.ARCHITECTURES.contains(architecture)) {
            throw refused(
                    config,
                    "architectures",
                    architecture + " is a model of masked diffusion, which fills a canvas in any order; load it as a"
                            + " PyTorchDiffusionModel");
        }
        if (!ARCHITECTURES.contains(architecture)) {
            throw refused(
                    config,
                    "architectures",
                    "architecture " + architecture + " is not supported; these are: "
                            + String.join(", ", ARCHITECTURES)
                            + ". Other models plug in as TorchScript, or as a LanguageModel of your own");
        }
        return read(files, config, architecture);
    }

    /** Reads a configuration with Hugging Face's usual names, whose architecture has been checked. */
    static ModelConfig read(FileSource files, JsonObject config, String architecture) {
        refuseUnsupported(config);
        int heads = require(config, "num_attention_heads");
        int hidden = require(config, "hidden_size");
        int groups = config.integer("num_key_value_heads", 1, MOST).orElse(heads);
        int size = config.integer("head_dim", 1, MOST).orElse(hidden / heads);
        int layers = config.integer("num_hidden_layers", 1, MOST_LAYERS)
                .orElseThrow(() -> config.missing("num_hidden_layers"));
        int positions = config.integer("max_position_embeddings", 1, Integer.MAX_VALUE)
                .orElse(architecture.equals(MISTRAL) ? 131_072 : 2048);
        if (heads % groups != 0) {
            throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads, " + heads);
        }
        if (size % 2 != 0 || size == 0) {
            throw config.wrong("head_dim", "an even number");
        }
        boolean llama = architecture.equals(LLAMA);
        boolean qwen3 = architecture.equals(QWEN3);
        boolean bias = config.flag("attention_bias", false) && (llama || qwen3);
        return new ModelConfig(
                architecture,
                TensorNames.LLAMA,
                require(config, "vocab_size"),
                hidden,
                require(config, "intermediate_size"),
                layers,
                heads,
                groups,
                size,
                config.number("rms_norm_eps").orElse(1e-6),
                RotaryEmbedding.of(config, size, positions),
                windows(config, architecture, layers),
                config.flag("tie_word_embeddings", false),
                bias || architecture.equals(QWEN2) || architecture.equals(DiffusionConfig.DREAM),
                bias,
                llama && config.flag("mlp_bias", false),
                qwen3,
                positions,
                endIds(files, config));
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
        return ARCHITECTURES.contains(architecture);
    }

    /** Refuses options that no supported architecture computes. */
    static void refuseUnsupported(JsonObject config) {
        String activation = config.text("hidden_act").orElse("silu");
        if (!activation.equals("silu") && !activation.equals("swish")) {
            throw refused(config, "hidden_act", "activation " + activation + " is not supported, only silu is");
        }
        for (String name : config.names()) {
            Object value = config.get(name).orElse(false);
            boolean off = value.equals(false)
                    || value instanceof List<?> list && list.isEmpty()
                    || value instanceof BigDecimal number && number.signum() == 0;
            if (REFUSED.contains(name) && !off) {
                throw refused(config, name, "this option changes the computation and is not supported");
            }
        }
    }

    static UnsupportedFeatureException refused(JsonObject config, String name, String message) {
        return new UnsupportedFeatureException(
                name, message, new Place(config.source(), 0, 0, config.pointer(name), ""));
    }

    private static int[] windows(JsonObject config, String architecture, int layers) {
        int[] windows = new int[layers];
        boolean qwen = architecture.equals(QWEN2) || architecture.equals(QWEN3);
        boolean slides = architecture.equals(MISTRAL) || qwen && config.flag("use_sliding_window", false);
        Optional<Integer> window = config.integer("sliding_window", 1, Integer.MAX_VALUE);
        if (!slides || window.isEmpty()) {
            return windows;
        }
        Optional<List<?>> types = config.list("layer_types");
        if (types.isPresent() && types.get().size() != layers) {
            throw config.wrong("layer_types", "one type for each of " + layers + " layers");
        }
        int full = qwen ? config.integer("max_window_layers", 0, MOST).orElse(28) : 0;
        for (int layer = 0; layer < layers; layer++) {
            boolean limited = types.isPresent() ? slides(config, types.get().get(layer)) : layer >= full;
            windows[layer] = limited ? window.get() : 0;
        }
        return windows;
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
                            && id.compareTo(BigDecimal.valueOf(MOST)) < 0) {
                        return id.intValue();
                    }
                    throw object.wrong("eos_token_id", "a token id or a list of them");
                })
                .distinct()
                .toArray();
    }
}
