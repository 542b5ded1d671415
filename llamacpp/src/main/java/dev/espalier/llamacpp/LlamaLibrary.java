// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import dev.espalier.core.error.ModelException;
import dev.espalier.llamacpp.binding.LlamaApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * llama.cpp as a native library in this process. A library that was loaded stays; asking for it again gives the same object. Thread-safe.
 *
 * <p>Only builds whose structs are known are taken; see {@link #build()}. A process can have the library of the jar and one of its own, side by side.
 */
public final class LlamaLibrary {

    /** Native code stays in the process, and has a pointer to the log of its library: these must stay reachable. */
    private static final Map<Path, LlamaLibrary> LOADED = new ConcurrentHashMap<>();

    private static final Path OF_JAR = Path.of("");

    private final LlamaApi api;

    private LlamaLibrary(LlamaApi api) {
        this.api = api;
    }

    /**
     * The library {@code libllama} of a path, with the libraries that it needs beside it.
     *
     * @throws ModelException if there is none, it cannot be loaded, or the process has one from another path
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it is a build whose structs are not known; the message says what was found
     */
    public static LlamaLibrary load(Path library) {
        Path path;
        try {
            path = library.toRealPath();
        } catch (IOException e) {
            throw new ModelException(
                    library + ": cannot be read; expected the file of a library, such as libllama.so", e);
        }
        synchronized (LOADED) {
            for (Path other : LOADED.keySet()) {
                if (!other.equals(OF_JAR) && !other.equals(path)) {
                    // libraries of the same name would take each other's functions
                    throw new ModelException(path + ": this process has llama.cpp from " + other
                            + "; expected one library in a process");
                }
            }
            return LOADED.computeIfAbsent(path, key -> new LlamaLibrary(LlamaApi.open(key, key.toString())));
        }
    }

    /**
     * The library in the jar {@code de.kherud:llama}, unpacked to a temporary file while it is loaded.
     *
     * @throws ModelException if the jar is not on the class path, has none for this platform, or it cannot be loaded
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it is a build whose structs are not known
     */
    public static LlamaLibrary bundled() {
        synchronized (LOADED) {
            return LOADED.computeIfAbsent(OF_JAR, key -> {
                try (BundledLibrary unpacked = BundledLibrary.unpack()) {
                    return new LlamaLibrary(LlamaApi.open(unpacked.file(), unpacked.source()));
                }
            });
        }
    }

    /** The build of llama.cpp, such as {@code b4916}. */
    public String build() {
        return api.build();
    }

    LlamaApi api() {
        return api;
    }

    @Override
    public String toString() {
        return api.toString();
    }
}
