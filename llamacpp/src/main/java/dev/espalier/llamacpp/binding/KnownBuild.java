// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The builds of llama.cpp whose structs are known. Each is recognised by the defaults that it gives for its structs, all of them, by
 * their sizes, and by the functions that it exports.
 */
enum KnownBuild {
    B4916("b4916", """
            POINTER devices 0
            INT n_gpu_layers *
            INT split_mode 1
            INT main_gpu 0
            POINTER tensor_split 0
            POINTER progress_callback 0
            POINTER progress_callback_user_data 0
            POINTER kv_overrides 0
            BOOL vocab_only false
            BOOL use_mmap true
            BOOL use_mlock false
            BOOL check_tensors false
            """, """
            INT n_ctx 512
            INT n_batch 2048
            INT n_ubatch 512
            INT n_seq_max 1
            INT n_threads 4
            INT n_threads_batch 4
            INT rope_scaling_type -1
            INT pooling_type -1
            INT attention_type -1
            FLOAT rope_freq_base 0
            FLOAT rope_freq_scale 0
            FLOAT yarn_ext_factor -1
            FLOAT yarn_attn_factor 1
            FLOAT yarn_beta_fast 32
            FLOAT yarn_beta_slow 1
            INT yarn_orig_ctx 0
            FLOAT defrag_thold -1
            POINTER cb_eval 0
            POINTER cb_eval_user_data 0
            INT type_k 1
            INT type_v 1
            BOOL logits_all false
            BOOL embeddings false
            BOOL offload_kqv true
            BOOL flash_attn false
            BOOL no_perf true
            POINTER abort_callback 0
            POINTER abort_callback_data 0
            """, MemoryFunctions.KV_SELF, -3),
    V0_5_0("libllama 0.5.0", """
            POINTER devices 0
            POINTER tensor_buft_overrides 0
            INT n_gpu_layers -1
            INT split_mode 1
            INT load_mode -1
            INT lazy_mode 1
            INT main_gpu 0
            POINTER tensor_split 0
            POINTER progress_callback 0
            POINTER progress_callback_user_data 0
            POINTER kv_overrides 0
            BOOL vocab_only false
            BOOL check_tensors false
            BOOL use_extra_bufts true
            BOOL no_host false
            BOOL no_alloc false
            BOOL load_mtp false
            """, """
            INT n_ctx 512
            INT n_batch 2048
            INT n_ubatch 512
            INT n_seq_max 1
            INT n_rs_seq 0
            INT n_outputs_max 0
            INT n_outputs_max_per_seq 1
            INT n_threads 4
            INT n_threads_batch 4
            INT ctx_type 0
            INT rope_scaling_type -1
            INT pooling_type -1
            INT attention_type -1
            INT flash_attn_type -1
            FLOAT rope_freq_base 0
            FLOAT rope_freq_scale 0
            FLOAT yarn_ext_factor -1
            FLOAT yarn_attn_factor -1
            FLOAT yarn_beta_fast -1
            FLOAT yarn_beta_slow -1
            INT yarn_orig_ctx 0
            FLOAT defrag_thold -1
            POINTER cb_eval 0
            POINTER cb_eval_user_data 0
            INT type_k 1
            INT type_v 1
            POINTER abort_callback 0
            POINTER abort_callback_data 0
            BOOL embeddings false
            BOOL offload_kqv true
            BOOL no_perf true
            BOOL op_offload true
            BOOL swa_full true
            BOOL kv_unified false
            POINTER samplers 0
            POINTER n_samplers 0
            POINTER ctx_other 0
            """, MemoryFunctions.MEMORY, 1);

    private final String title;
    private final StructLayout model;
    private final StructLayout context;
    private final MemoryFunctions memory;
    private final int noRoom;

    KnownBuild(String title, String model, String context, MemoryFunctions memory, int noRoom) {
        this.title = title;
        this.model = StructLayout.of("llama_model_params", model);
        this.context = StructLayout.of("llama_context_params", context);
        this.memory = memory;
        this.noRoom = noRoom;
    }

    /** Its name, for messages. */
    String title() {
        return title;
    }

    StructLayout model() {
        return model;
    }

    StructLayout context() {
        return context;
    }

    MemoryFunctions memory() {
        return memory;
    }

    /** What {@code llama_decode} returns where the cache has no room. */
    int noRoom() {
        return noRoom;
    }

    /**
     * The build of a library.
     *
     * @param source the library, for messages
     * @param model what it gives as defaults of {@code llama_model_params}
     * @param context what it gives as defaults of {@code llama_context_params}
     * @param exports whether it has a function of a name
     * @throws UnsupportedFeatureException if it is none of those that are known; the message says by what it differs from each
     */
    static KnownBuild of(String source, StructBytes model, StructBytes context, Predicate<String> exports) {
        List<String> differences = new ArrayList<>();
        for (KnownBuild build : values()) {
            Optional<String> difference = build.difference(model, context, exports);
            if (difference.isEmpty()) {
                return build;
            }
            differences.add("for " + build.title + ", " + difference.get());
        }
        throw new UnsupportedFeatureException(
                "llama.cpp build",
                "the structs of this build of llama.cpp are not known: " + String.join("; ", differences)
                        + ". It exports " + MemoryFunctions.found(exports) + ". Take one of the builds named here",
                new Place(source, 0, 0, "", ""));
    }

    private Optional<String> difference(StructBytes models, StructBytes contexts, Predicate<String> exports) {
        return memory.names().stream()
                .filter(name -> !exports.test(name))
                .findFirst()
                .map(name -> "there is no function " + name)
                .or(() -> model.difference(models))
                .or(() -> context.difference(contexts));
    }
}
