// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Session;

/** A sequence of a {@link LlamaModel}: a number in llama.cpp's cache, and the tokens that it has there. */
final class LlamaSession implements Session {

    final LlamaModel model;
    final int sequence;
    int length;
    boolean closed;

    LlamaSession(LlamaModel model, int sequence, int length) {
        this.model = model;
        this.sequence = sequence;
        this.length = length;
    }

    @Override
    public int length() {
        requireOpen();
        return length;
    }

    @Override
    public Session fork() {
        return model.fork(this);
    }

    @Override
    public void truncate(int newLength) {
        model.truncate(this, newLength);
    }

    @Override
    public void close() {
        model.release(this);
    }

    void requireOpen() {
        if (closed) {
            throw new ModelException("this session is closed");
        }
    }
}
