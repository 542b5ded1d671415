// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.file.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The {@link ModelFiles} of a caller as a {@link FileSource}. */
record ModelFileSource(ModelFiles files) implements FileSource {

    @Override
    public boolean contains(String name) {
        return files.contains(name);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return files.open(name);
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        return files.size(name);
    }

    @Override
    public String describe(String name) {
        return files.describe(name);
    }
}
