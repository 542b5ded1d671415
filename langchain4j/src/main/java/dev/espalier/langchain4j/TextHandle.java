// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.core.Cancellation;
import dev.langchain4j.model.chat.response.StreamingHandle;

/** Ends a text when its caller wants that. Thread-safe. */
final class TextHandle implements StreamingHandle {

    private final Cancellation cancellation = new Cancellation();

    Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void cancel() {
        cancellation.cancel();
    }

    @Override
    public boolean isCancelled() {
        return cancellation.isRequested();
    }
}
