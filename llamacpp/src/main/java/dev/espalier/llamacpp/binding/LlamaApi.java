// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The functions of one native library of llama.cpp.
 *
 * <p>Models and contexts are pointers, which the caller frees. Calls with one context take turns; what is said of a pointer is not checked here.
 */
public final class LlamaApi {

    /** The functions that are called, other than those on the cache of keys and values. */
    private static final List<String> NEEDED = List.of(
            "llama_backend_init",
            "llama_context_default_params",
            "llama_decode",
            "llama_free",
            "llama_get_logits_ith",
            "llama_init_from_model",
            "llama_log_set",
            "llama_model_default_params",
            "llama_model_free",
            "llama_model_get_vocab",
            "llama_model_has_encoder",
            "llama_model_is_recurrent",
            "llama_model_load_from_file",
            "llama_model_n_ctx_train",
            "llama_n_batch",
            "llama_n_ctx",
            "llama_n_seq_max",
            "llama_n_threads",
            "llama_vocab_n_tokens");

    /** ggml's number of 32-bit floats. */
    private static final int FLOAT32 = 0;

    /** The share of free cells between others at which builds that want cells side by side move them. */
    private static final float DEFRAGMENT = 0.1f;

    private static final int NOW = 2;
    private static final int NOW_AND_LOCAL_ON_MAC = 2 | 4;

    private final String source;
    private final NativeLibrary library;
    private final KnownBuild build;
    private final NativeLog log;
    private final Function decode;
    private final Function logits;
    private final Function remove;
    private final Function copy;

    private LlamaApi(String source, NativeLibrary library, KnownBuild build, NativeLog log) {
        this.source = source;
        this.library = library;
        this.build = build;
        this.log = log;
        this.decode = library.getFunction("llama_decode");
        this.logits = library.getFunction("llama_get_logits_ith");
        this.remove = library.getFunction(build.memory().remove());
        this.copy = library.getFunction(build.memory().copy());
    }

    /**
     * Loads a library into the process and starts it. The result must stay reachable as long as the process runs: the library keeps a pointer to
     * its log.
     *
     * @param source what it is called in messages
     * @throws ModelException if it cannot be loaded
     * @throws UnsupportedFeatureException if it is no known build
     */
    public static LlamaApi open(Path path, String source) {
        if (Native.POINTER_SIZE != Long.BYTES) {
            throw refused(source, "this needs a 64-bit Java machine");
        }
        NativeLibrary library = loaded(path, source);
        for (String name : NEEDED) {
            if (!has(library, name)) {
                throw refused(source, "there is no function " + name + " in this library: expected libllama");
            }
        }
        KnownBuild build = KnownBuild.of(
                source,
                defaults(library, "llama_model_default_params"),
                defaults(library, "llama_context_default_params"),
                name -> has(library, name));
        NativeLog log = new NativeLog();
        library.getFunction("llama_log_set").invokeVoid(new @Nullable Object[] {log, Pointer.NULL});
        library.getFunction("llama_backend_init").invokeVoid(new Object[0]);
        loadBackends(library, path);
        return new LlamaApi(source, library, build, log);
    }

    private static UnsupportedFeatureException refused(String source, String message) {
        return new UnsupportedFeatureException("llama.cpp build", message, new Place(source, 0, 0, "", ""));
    }

    /** Loads a library apart from others, so that no function of another build answers for one of this. */
    private static NativeLibrary loaded(Path path, String source) {
        Map<String, Integer> options = Platform.isWindows()
                ? Map.of()
                : Map.of(Library.OPTION_OPEN_FLAGS, Platform.isMac() ? NOW_AND_LOCAL_ON_MAC : NOW);
        try {
            return NativeLibrary.getInstance(path.toString(), options);
        } catch (LinkageError e) {
            throw new ModelException(source + ": cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static boolean has(NativeLibrary library, String name) {
        try {
            return library.getFunction(name) != null;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static StructBytes defaults(NativeLibrary library, String function) {
        return (StructBytes) library.getFunction(function).invoke(StructBytes.class, new Object[0]);
    }

    /** Builds with processors and devices in libraries of their own look for them only when they are told to. */
    private static void loadBackends(NativeLibrary library, Path path) {
        if (has(library, "ggml_backend_reg_count")
                && has(library, "ggml_backend_load_all_from_path")
                && library.getFunction("ggml_backend_reg_count").invokeLong(new Object[0]) == 0) {
            Path folder = path.toAbsolutePath().getParent();
            library.getFunction("ggml_backend_load_all_from_path")
                    .invokeVoid(new Object[] {text(String.valueOf(folder))});
        }
    }

    private static byte[] text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** The name of the build. */
    public String build() {
        return build.title();
    }

    /**
     * Loads a model.
     *
     * @param gpuLayers the layers on a GPU; empty for the library's own number
     * @throws ModelException if the library cannot load it, with what it says
     */
    public Pointer loadModel(Path file, Optional<Integer> gpuLayers) {
        StructBytes parameters = defaults(library, "llama_model_default_params");
        gpuLayers.ifPresent(count -> build.model().set(parameters.bytes(), "n_gpu_layers", count));
        log.clear();
        Pointer model = library.getFunction("llama_model_load_from_file")
                .invokePointer(new Object[] {text(file.toAbsolutePath().toString()), parameters});
        if (isNull(model)) {
            throw new ModelException(file + ": llama.cpp cannot load it, from " + this + log.said());
        }
        return model;
    }

    /**
     * Makes a context.
     *
     * @throws ModelException if the library cannot make it, with what it says, or does not make it as it was asked to
     */
    public Pointer newContext(Pointer model, ContextSettings settings) {
        StructBytes parameters = parameters(settings);
        log.clear();
        Pointer context = library.getFunction("llama_init_from_model").invokePointer(new Object[] {model, parameters});
        if (isNull(context)) {
            throw new ModelException("llama.cpp cannot make a context of " + settings.cells() + " cells" + log.said());
        }
        boolean asked = number("llama_n_ctx", context) >= settings.cells()
                && number("llama_n_batch", context) >= settings.batch()
                && number("llama_n_seq_max", context) == settings.sequences()
                && number("llama_n_threads", context) == settings.threads();
        if (!asked) {
            freeContext(context);
            throw new ModelException(source + ": the context is not as it was asked for: " + settings);
        }
        return context;
    }

    private StructBytes parameters(ContextSettings settings) {
        StructBytes parameters = defaults(library, "llama_context_default_params");
        set(parameters, "n_ctx", settings.cells());
        set(parameters, "n_batch", settings.batch());
        set(parameters, "n_ubatch", settings.batch());
        set(parameters, "n_seq_max", settings.sequences());
        set(parameters, "n_threads", settings.threads());
        set(parameters, "n_threads_batch", settings.threads());
        set(parameters, "type_k", settings.cacheType());
        set(parameters, "type_v", settings.cacheType());
        boolean exact = settings.cacheType() == FLOAT32; // the fused kernels of attention round to 16 bits
        if (build.context().has("kv_unified")) {
            set(parameters, "kv_unified", 1); // else each sequence has cells of its own
            set(parameters, "n_outputs_max_per_seq", 0); // 0: as many as there are tokens
            set(parameters, "flash_attn_type", exact ? 0 : -1); // -1: where it can
        } else {
            set(parameters, "defrag_thold", Float.floatToRawIntBits(DEFRAGMENT));
            set(parameters, "flash_attn", exact ? 0 : 1); // it is turned off where it cannot
        }
        return parameters;
    }

    private void set(StructBytes parameters, String field, int value) {
        build.context().set(parameters.bytes(), field, value);
    }

    private static boolean isNull(@Nullable Pointer pointer) {
        return pointer == null;
    }

    private int number(String function, Pointer of) {
        return library.getFunction(function).invokeInt(new Object[] {of});
    }

    private boolean flag(String function, Pointer of) {
        return (byte) library.getFunction(function).invoke(byte.class, new Object[] {of}) != 0;
    }

    /** The number of tokens in a model's vocabulary. */
    public int tokens(Pointer model) {
        Pointer vocabulary = library.getFunction("llama_model_get_vocab").invokePointer(new Object[] {model});
        return number("llama_vocab_n_tokens", vocabulary);
    }

    /** The tokens of the texts that a model was trained with. */
    public int trainedContext(Pointer model) {
        return number("llama_model_n_ctx_train", model);
    }

    /** Why sequences of a model cannot be cut or continued token by token; empty if they can. */
    public Optional<String> refusal(Pointer model) {
        if (flag("llama_model_has_encoder", model)) {
            return Optional.of("it is a model with an encoder");
        }
        boolean hasState = flag("llama_model_is_recurrent", model)
                || (has(library, "llama_model_is_hybrid") && flag("llama_model_is_hybrid", model));
        return hasState
                ? Optional.of("it is a model with a recurrent state, which cannot be taken back")
                : Optional.empty();
    }

    /** What the functions on the cache take for a context. */
    public Pointer memory(Pointer context) {
        return build.memory().ofMemory()
                ? library.getFunction("llama_get_memory").invokePointer(new Object[] {context})
                : context;
    }

    /** Computes a batch: 0 if that went well, other codes for failures. */
    public int decode(Pointer context, TokenBatch batch) {
        log.clear();
        return decode.invokeInt(new Object[] {context, batch.struct()});
    }

    /** Whether that is the code, of this build, where the cache has no room for a batch. */
    public boolean isNoRoom(int code) {
        return code == build.noRoom();
    }

    /** What the library said since the last call that may fail, as the end of a message; empty if it said nothing. */
    public String said() {
        return log.said();
    }

    /**
     * A copy of the logits of the {@code index}-th token of the last batch.
     *
     * @throws ModelException if they were not asked for
     */
    public float[] logits(Pointer context, int index, int size) {
        Pointer row = logits.invokePointer(new Object[] {context, index});
        if (isNull(row)) {
            throw new ModelException("llama.cpp has no logits of token " + index + " of a batch" + log.said());
        }
        return row.getFloatArray(0, size);
    }

    /** Gives a sequence the tokens of another; both share their cells. */
    public void copySequence(Pointer memory, int from, int to) {
        copy.invokeVoid(new Object[] {memory, from, to, -1, -1});
    }

    /** Removes the tokens of a sequence from a position on; false if they cannot be. */
    public boolean removeTokens(Pointer memory, int sequence, int from) {
        return (byte) remove.invoke(byte.class, new Object[] {memory, sequence, from, -1}) != 0;
    }

    /** Frees a context. */
    public void freeContext(Pointer context) {
        library.getFunction("llama_free").invokeVoid(new Object[] {context});
    }

    /** Frees a model, after its contexts. */
    public void freeModel(Pointer model) {
        library.getFunction("llama_model_free").invokeVoid(new Object[] {model});
    }

    /** The library and its build. */
    @Override
    public String toString() {
        return source + " (" + build() + ")";
    }
}
