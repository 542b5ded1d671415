// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.mask.GrammarCompiler;
import dev.espalier.schemas.SchemaCompiler;

/**
 * The two compilers that serve all schemas one after another, with the caches that they share among them. Thread-safe.
 *
 * @param schemas from texts to frames
 * @param grammars from frames to masks; owns the store
 */
record Engine(SchemaCompiler schemas, GrammarCompiler grammars) implements AutoCloseable {

    /** Estimated bytes of what grammars in use remember beside the store; those that are not used count until they are collected. */
    long ownCacheBytes() {
        return grammars.cacheBytes() - grammars.stats().bytes();
    }

    @Override
    public void close() {
        grammars.close();
    }
}
