// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The families of decoders that are supported: what files call them, and in what they differ from Llama. Numbers that differ only because a file does
 * not say them are in the readers of configurations.
 */
public enum ModelFamily {
    LLAMA("Llama 2, 3, 3.1, 3.2, SmolLM2", "LlamaForCausalLM", "llama", Trait.NEIGHBOURS),
    MISTRAL("Mistral", "MistralForCausalLM", "llama", Trait.NEIGHBOURS, Trait.WINDOWS),
    QWEN2("Qwen 2, 2.5", "Qwen2ForCausalLM", "qwen2", Trait.QUERY_BIASES, Trait.WINDOWS),
    QWEN3("Qwen 3", "Qwen3ForCausalLM", "qwen3", Trait.HEAD_NORMS, Trait.WINDOWS),
    GEMMA2("Gemma 2", "Gemma2ForCausalLM", "gemma2", Trait.GEMMA, Trait.AFTER_NORMS, Trait.CAPS, Trait.WINDOWS),
    GEMMA3(
            "Gemma 3, text only",
            "Gemma3ForCausalLM",
            "gemma3",
            Trait.GEMMA,
            Trait.AFTER_NORMS,
            Trait.HEAD_NORMS,
            Trait.WINDOWS,
            Trait.LOCAL_ROTATION),
    PHI3("Phi-3, Phi-4 mini", "Phi3ForCausalLM", "phi3", Trait.JOINED, Trait.WINDOWS),
    SMOLLM3("SmolLM3", "SmolLM3ForCausalLM", "smollm3", Trait.NEIGHBOURS, Trait.STILL_LAYERS, Trait.WINDOWS),
    GRANITE("Granite 3", "GraniteForCausalLM", "granite", Trait.NEIGHBOURS, Trait.FACTORS),
    OLMO2("OLMo 2", "Olmo2ForCausalLM", "olmo2", Trait.ONLY_AFTER_NORMS, Trait.WIDE_NORMS);

    /** A difference from Llama. */
    public enum Trait {
        QUERY_BIASES("biases of queries, keys and values"),
        JOINED("one tensor for queries, keys and values, one for gate and up"),
        HEAD_NORMS("norms of queries and keys by head"),
        WIDE_NORMS("norms of all queries and all keys"),
        AFTER_NORMS("norms before and after each block"),
        ONLY_AFTER_NORMS("norms after each block, none before"),
        WINDOWS("sliding windows"),
        LOCAL_ROTATION("another rotation in layers that slide"),
        STILL_LAYERS("layers without rotation", "no_rope_layers", "no_rope_layer_interval"),
        GEMMA("GELU, scaled embeddings", "query_pre_attn_scalar", "attn_logit_softcapping", "final_logit_softcapping"),
        CAPS("soft caps"),
        FACTORS(
                "factors of embedding, residual stream, attention and logits",
                "embedding_multiplier",
                "residual_multiplier",
                "attention_multiplier",
                "logits_scaling"),
        /** In GGUF files only: they have permuted the rows of queries and keys. */
        NEIGHBOURS("GGUF: components that rotate together are neighbours");

        private final String text;
        private final Set<String> members;

        Trait(String text, String... members) {
            this.text = text;
            this.members = Set.of(members);
        }
    }

    private final String title;
    private final String huggingFace;
    private final String gguf;
    private final List<Trait> traits;

    ModelFamily(String title, String huggingFace, String gguf, Trait... traits) {
        this.title = title;
        this.huggingFace = huggingFace;
        this.gguf = gguf;
        this.traits = List.of(traits);
    }

    /** The family that {@code config.json} names among its {@code architectures}. */
    static Optional<ModelFamily> ofHuggingFace(String architecture) {
        return Arrays.stream(values())
                .filter(family -> family.huggingFace.equals(architecture))
                .findFirst();
    }

    /** The family that GGUF metadata name as {@code general.architecture}; {@link #LLAMA} for {@link #MISTRAL}, too. */
    static Optional<ModelFamily> ofGguf(String architecture) {
        return Arrays.stream(values())
                .filter(family -> family.gguf.equals(architecture))
                .findFirst();
    }

    /** Its models, for people. */
    public String title() {
        return title;
    }

    /** Its name in {@code config.json}. */
    public String huggingFace() {
        return huggingFace;
    }

    /** Its name in GGUF files. */
    public String gguf() {
        return gguf;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** In what it differs, for people. */
    public String differences() {
        return traits.stream().map(trait -> trait.text).collect(Collectors.joining("; "));
    }

    /** How queries and keys are normalised. */
    ModelConfig.HeadNorm headNorm() {
        return has(Trait.HEAD_NORMS)
                ? ModelConfig.HeadNorm.HEAD
                : has(Trait.WIDE_NORMS) ? ModelConfig.HeadNorm.WIDE : ModelConfig.HeadNorm.NONE;
    }

    /** Whether what attention and feed-forward layers read is normalised. */
    boolean normsBefore() {
        return !has(Trait.ONLY_AFTER_NORMS);
    }

    /** Whether what they write is. */
    boolean normsAfter() {
        return has(Trait.AFTER_NORMS) || has(Trait.ONLY_AFTER_NORMS);
    }

    /** The members of {@code config.json} that this family knows and others refuse. */
    Set<String> members() {
        return traits.stream().flatMap(trait -> trait.members.stream()).collect(Collectors.toSet());
    }

    /** Why an architecture is not supported: the kind of model, if it is known, and the names of those that are. */
    static String refusal(String architecture, Stream<String> supported) {
        String kind = Arrays.stream(RefusedFamily.values())
                .filter(family -> family.names().contains(architecture))
                .map(family -> ", since it is " + family.kind())
                .findFirst()
                .orElse("");
        return "architecture " + architecture + " is not supported" + kind + "; these are: "
                + supported.distinct().collect(Collectors.joining(", "));
    }
}
