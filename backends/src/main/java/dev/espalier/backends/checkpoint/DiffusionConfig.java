// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.checkpoint.ModelConfig.Attention;
import dev.espalier.backends.checkpoint.ModelConfig.Biases;
import dev.espalier.backends.checkpoint.ModelConfig.Factors;
import dev.espalier.backends.checkpoint.ModelConfig.HeadNorm;
import dev.espalier.backends.checkpoint.ModelConfig.Norms;
import dev.espalier.backends.checkpoint.ModelConfig.Positions;
import dev.espalier.backends.file.FileSource;
import dev.espalier.backends.file.JsonObject;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code config.json} of a masked diffusion model: a network of the Llama family in which every token attends to all tokens, and the mask
 * token that stands in place of an unknown one.
 *
 * <p>Source: the configurations of LLaDA 8B (Nie et al. 2025) and Dream 7B (Ye et al. 2025) and the code published with
 * them.
 *
 * @param network the network
 * @param maskId the id of the mask token
 * @param shifted whether the logits of a position are in the row before it, as in models that were initialised from a model that writes from
 *     left to right
 * @param turnEnd the name of a special token that ends an answer like an end token, if the tokenizer has it
 */
public record DiffusionConfig(ModelConfig network, int maskId, boolean shifted, String turnEnd) {

    static final String LLADA = "LLaDAModelLM";
    static final String DREAM = "DreamModel";
    static final List<String> ARCHITECTURES = List.of(LLADA, DREAM);

    /** The text options of LLaDA, each with the value that its code takes if the option is missing and the only value that is supported. */
    private static final Map<String, List<String>> TEXTS = Map.of(
            "block_type", List.of("sequential", "llama"),
            "layer_norm_type", List.of("default", "rms"),
            "activation_type", List.of("swiglu", "silu"));

    /** The flags of LLaDA, likewise. */
    private static final Map<String, List<Boolean>> FLAGS = Map.of(
            "rope", List.of(false, true),
            "layer_norm_with_affine", List.of(true, true),
            "alibi", List.of(false, false),
            "attention_layer_norm", List.of(false, false),
            "input_emb_norm", List.of(false, false),
            "include_bias", List.of(false, false),
            "bias_for_layer_norm", List.of(false, false),
            "scale_logits", List.of(false, false),
            "multi_query_attention", List.of(false, false));

    /**
     * Reads {@code config.json} and, where there is one, {@code generation_config.json}.
     *
     * @throws ModelException if a file cannot be read, or a member is missing or out of range
     * @throws UnsupportedFeatureException if the architecture or one of its options is not supported
     */
    public static DiffusionConfig read(FileSource files) {
        JsonObject config = JsonObject.read(files, "config.json");
        String architecture = HuggingFaceConfig.architecture(config);
        ModelConfig network = switch (architecture) {
            case LLADA -> llada(files, config);
            case DREAM -> dream(files, config);
            default -> throw unknown(config, architecture);
        };
        int mask = config.integer("mask_token_id", 0, HuggingFaceConfig.MOST)
                .orElseThrow(() -> config.missing("mask_token_id"));
        if (mask >= network.vocabularySize()) {
            throw config.wrong("mask_token_id", "an id below the " + network.vocabularySize() + " of the vocabulary");
        }
        boolean dream = architecture.equals(DREAM);
        return new DiffusionConfig(network, mask, dream, dream ? "<|im_end|>" : "<|eot_id|>");
    }

    private static UnsupportedFeatureException unknown(JsonObject config, String architecture) {
        String message = HuggingFaceConfig.isCausal(architecture)
                ? architecture
                        + " writes from left to right and is no model of masked diffusion; load it as a PyTorchModel"
                : "architecture " + architecture + " is not supported as a model of masked diffusion; these are: "
                        + String.join(", ", ARCHITECTURES)
                        + ". Other models plug in as a MaskedDiffusionModel of your own";
        return HuggingFaceConfig.refused(config, "architectures", message);
    }

    private static ModelConfig dream(FileSource files, JsonObject config) {
        if (config.flag("use_sliding_window", false)) {
            throw HuggingFaceConfig.refused(
                    config, "use_sliding_window", "a sliding window is not supported in both directions");
        }
        return HuggingFaceConfig.read(files, config, DREAM, 0);
    }

    private static ModelConfig llada(FileSource files, JsonObject config) {
        HuggingFaceConfig.refuseUnsupported(config, Set.of());
        TEXTS.forEach((name, values) -> require(config, name, config.text(name).orElse(values.get(0)), values.get(1)));
        FLAGS.forEach((name, values) -> require(config, name, config.flag(name, values.get(0)), values.get(1)));
        int hidden = HuggingFaceConfig.require(config, "d_model");
        int heads = HuggingFaceConfig.require(config, "n_heads");
        int groups = config.integer("n_kv_heads", 1, HuggingFaceConfig.MOST).orElse(heads);
        int layers = config.integer("n_layers", 1, HuggingFaceConfig.MOST_LAYERS)
                .orElseThrow(() -> config.missing("n_layers"));
        int positions = HuggingFaceConfig.require(config, "max_sequence_length");
        int vocabulary = HuggingFaceConfig.require(config, "vocab_size");
        if (hidden % heads != 0 || hidden / heads % 2 != 0) {
            throw config.wrong("d_model", "an even number for each of n_heads, " + heads);
        }
        if (heads % groups != 0) {
            throw config.wrong("n_kv_heads", "a divisor of n_heads, " + heads);
        }
        RotaryEmbedding rotary = new RotaryReader(config, hidden / heads, positions, 0).read();
        return new ModelConfig(
                LLADA,
                TensorNames.LLADA,
                config.integer("embedding_size", vocabulary, HuggingFaceConfig.MOST)
                        .orElse(vocabulary),
                hidden,
                config.integer("mlp_hidden_size", 1, HuggingFaceConfig.MOST)
                        .orElseGet(() ->
                                hidden * config.integer("mlp_ratio", 1, 64).orElse(4)),
                layers,
                Attention.of(
                        heads, groups, hidden / heads, Positions.of(rotary, layers), new int[layers], HeadNorm.NONE),
                new Norms(config.number("rms_norm_eps").orElse(1e-5), 0, true, false),
                Factors.NONE,
                new Biases(config.flag("include_qkv_bias", false), false, false),
                false,
                false,
                config.flag("weight_tying", true),
                positions,
                HuggingFaceConfig.endIds(files, config));
    }

    private static void require(JsonObject config, String name, Object value, Object supported) {
        if (!value.equals(supported)) {
            throw HuggingFaceConfig.refused(config, name, value + " is not supported, only " + supported + " is");
        }
    }
}
