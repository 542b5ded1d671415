// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The files of one model, by name, as those see them that read their formats. Thread-safe. */
public interface FileSource {

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

    /** The path or address of a file, for messages. */
    String describe(String name);
}
