// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/** The libraries that tests are run with: that of the jar, and one of the user's, which {@code ESPALIER_LLAMA_LIBRARY} names. */
enum Libraries {
    BUNDLED(LlamaLibrary::bundled),
    OWN(Libraries::own);

    static final String VARIABLE = "ESPALIER_LLAMA_LIBRARY";

    private final Supplier<LlamaLibrary> source;

    Libraries(Supplier<LlamaLibrary> source) {
        this.source = source;
    }

    /** The library; the test that asks is skipped if none is named. */
    LlamaLibrary library() {
        return source.get();
    }

    private static LlamaLibrary own() {
        String path = System.getenv(VARIABLE);
        if (path == null) {
            throw new TestAbortedException(VARIABLE + " is not set");
        }
        return LlamaLibrary.load(Path.of(path));
    }
}
