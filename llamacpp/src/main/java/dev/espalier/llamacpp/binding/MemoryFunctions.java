// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What builds call the functions on the cache of keys and values, which have had three names. */
enum MemoryFunctions {
    KV_CACHE("llama_kv_cache", false),
    KV_SELF("llama_kv_self", false),
    MEMORY("llama_memory", true);

    private final String prefix;
    private final boolean ofMemory;

    MemoryFunctions(String prefix, boolean ofMemory) {
        this.prefix = prefix;
        this.ofMemory = ofMemory;
    }

    /** Copies a range of a sequence to another. */
    String copy() {
        return prefix + "_seq_cp";
    }

    /** Removes a range of a sequence. */
    String remove() {
        return prefix + "_seq_rm";
    }

    /** Whether these take what {@code llama_get_memory} gives for a context, and not the context itself. */
    boolean ofMemory() {
        return ofMemory;
    }

    /** The functions that a build must export. */
    List<String> names() {
        return ofMemory ? List.of(copy(), remove(), "llama_get_memory") : List.of(copy(), remove());
    }

    /** Those that a library exports, for messages. */
    static String found(Predicate<String> exports) {
        String names =
                Stream.of(values()).map(MemoryFunctions::remove).filter(exports).collect(Collectors.joining(", "));
        return names.isEmpty() ? "no function that removes sequences" : names;
    }
}
