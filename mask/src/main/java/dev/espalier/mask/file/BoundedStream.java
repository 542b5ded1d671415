// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.file;

import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that throws a typed error after a number of bytes. One thread. */
public final class BoundedStream extends FilterInputStream {

    private final long most;
    private final String name;
    private long given;

    public BoundedStream(InputStream in, long most, String name) {
        super(in);
        this.most = most;
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int more) {
        given += more;
        if (given > most) {
            throw new LimitExceededException("maxTokenizerBytes", most, given, new Place(name, 0, 0, "", ""));
        }
    }
}
