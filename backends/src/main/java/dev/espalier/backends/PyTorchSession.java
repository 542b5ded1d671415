// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Session;

/** A sequence of a {@link PyTorchModel}: an extent of rows of its cache, the first {@code length} of which are in use. */
final class PyTorchSession implements Session {

    final PyTorchModel model;
    int start;
    int capacity;
    int length;
    boolean closed;

    PyTorchSession(PyTorchModel model) {
        this.model = model;
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
        requireOpen();
        if (newLength < 0 || newLength > length) {
            throw new ModelException("cannot truncate a session of " + length + " tokens to " + newLength);
        }
        length = newLength;
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
