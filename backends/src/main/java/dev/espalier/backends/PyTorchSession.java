// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.network.SequenceRows;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Session;

/** A sequence of a {@link PyTorchModel}, with its rows of the cache. */
final class PyTorchSession implements Session {

    final PyTorchModel model;
    final SequenceRows rows;

    PyTorchSession(PyTorchModel model, SequenceRows rows) {
        this.model = model;
        this.rows = rows;
    }

    @Override
    public int length() {
        requireOpen();
        return rows.length();
    }

    @Override
    public Session fork() {
        return model.fork(this);
    }

    @Override
    public void truncate(int length) {
        requireOpen();
        if (length < 0 || length > rows.length()) {
            throw new ModelException("cannot truncate a session of " + rows.length() + " tokens to " + length);
        }
        model.truncate(this, length);
    }

    @Override
    public void close() {
        model.release(this);
    }

    void requireOpen() {
        if (rows.isClosed()) {
            throw new ModelException("this session is closed");
        }
    }
}
