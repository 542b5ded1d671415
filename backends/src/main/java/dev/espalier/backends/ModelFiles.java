// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.core.error.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The files of one model, by name: a directory, a folder on the class path, or a caller's own implementation.
 *
 * <p>Implementations are thread-safe and hold nothing open between calls.
 */
public interface ModelFiles {

    /** Whether there is a file of that name. */
    boolean contains(String name);

    /**
     * Opens a file for reading from its beginning; the caller closes the stream.
     *
     * @throws IOException if there is no such file, or it cannot be read
     */
    InputStream open(String name) throws IOException;

    /**
     * The length of a file in bytes; empty when it cannot be known without reading it.
     *
     * @throws IOException if there is no such file
     */
    OptionalLong size(String name) throws IOException;

    /** The name of a file in messages: its path or its address. */
    String describe(String name);

    /** These files with one of them from another source, such as a tokenizer that two models share. */
    default ModelFiles with(String shared, ModelFiles source) {
        ModelFiles rest = this;
        return new ModelFiles() {
            private ModelFiles of(String name) {
                return name.equals(shared) ? source : rest;
            }

            @Override
            public boolean contains(String name) {
                return of(name).contains(name);
            }

            @Override
            public InputStream open(String name) throws IOException {
                return of(name).open(name);
            }

            @Override
            public OptionalLong size(String name) throws IOException {
                return of(name).size(name);
            }

            @Override
            public String describe(String name) {
                return of(name).describe(name);
            }
        };
    }

    /**
     * The files of a directory.
     *
     * @throws ModelException if it is not a directory
     */
    static ModelFiles directory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ModelException(directory + ": expected a directory with config.json, tokenizer.json and "
                    + "*.safetensors" + (Files.exists(directory) ? ", but it is a file" : ", but there is none"));
        }
        return new ModelFiles() {
            @Override
            public boolean contains(String name) {
                return Files.isRegularFile(directory.resolve(name));
            }

            @Override
            public InputStream open(String name) throws IOException {
                return Files.newInputStream(directory.resolve(name));
            }

            @Override
            public OptionalLong size(String name) throws IOException {
                return OptionalLong.of(Files.size(directory.resolve(name)));
            }

            @Override
            public String describe(String name) {
                return directory.resolve(name).toString();
            }
        };
    }

    /**
     * The files of a folder on the class path.
     *
     * @param anchor a class of the same class path
     * @param folder the absolute name of the folder, with or without slashes around it: {@code dev/espalier/sprig}
     */
    static ModelFiles classPath(Class<?> anchor, String folder) {
        String prefix = "/" + folder.replaceAll("^/+|/+$", "") + "/";
        return new ModelFiles() {
            @Override
            public boolean contains(String name) {
                return anchor.getResource(prefix + name) != null;
            }

            @Override
            public InputStream open(String name) throws IOException {
                InputStream stream = anchor.getResourceAsStream(prefix + name);
                if (stream == null) {
                    throw new IOException("not on the class path: " + prefix + name);
                }
                return stream;
            }

            @Override
            public OptionalLong size(String name) throws IOException {
                URL address = anchor.getResource(prefix + name);
                if (address == null) {
                    throw new IOException("not on the class path: " + prefix + name);
                }
                var connection = address.openConnection();
                connection.setUseCaches(false);
                try (InputStream stream = connection.getInputStream()) {
                    long length = stream == null ? -1 : connection.getContentLengthLong();
                    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
                }
            }

            @Override
            public String describe(String name) {
                return "classpath:" + prefix + name;
            }
        };
    }
}
