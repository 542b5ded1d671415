// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Adds results to a journal. For one thread; the file is made when there is a result. */
public final class JournalWriter implements AutoCloseable {

    /** After so many results a file is closed: where lines cannot be flushed, no more than these are lost. */
    private static final int LINES = 500;

    private final JournalFolder folder;
    private @Nullable FSDataOutputStream stream;
    private int lines;

    public JournalWriter(JournalFolder folder) {
        this.folder = folder;
    }

    /** Adds a result. It is in the file when this returns, if the file system can flush; else when the file is closed. */
    public void add(RowResult result) {
        try {
            if (stream == null) {
                stream = folder.files.create(folder.newFile(), false);
                lines = 0;
            }
            stream.write((JsonMapper.shared().writeValueAsString(result) + "\n").getBytes(StandardCharsets.UTF_8));
            if (++lines == LINES) {
                close();
            } else if (stream.hasCapability("hflush")) {
                stream.hflush();
            } else {
                stream.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        FSDataOutputStream open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }
}
