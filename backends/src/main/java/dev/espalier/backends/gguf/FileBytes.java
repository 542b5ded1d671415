// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.core.error.ModelException;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The bytes of a file, read where they are asked for. Thread-safe.
 *
 * <p>They are read rather than mapped: the fault of a mapping whose file has become shorter is an error of the virtual machine at some
 * later point of the program, and mappings stay until the garbage collector finds them. A channel would be closed for all threads by the
 * interruption of one.
 */
final class FileBytes implements AutoCloseable {

    /** The bytes that are read at a time: as many are held outside the heap meanwhile. */
    private static final int PIECE = 1 << 20;

    private final String source;
    private final RandomAccessFile file;
    private final long size;

    private FileBytes(String source, RandomAccessFile file, long size) {
        this.source = source;
        this.file = file;
        this.size = size;
    }

    /**
     * Opens a file.
     *
     * @throws ModelException if it cannot be read
     */
    static FileBytes open(Path path) {
        String source = path.toString();
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
            return new FileBytes(source, file, file.length());
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    /** The path, for messages. */
    String source() {
        return source;
    }

    /** The number of bytes when the file was opened. */
    long size() {
        return size;
    }

    /**
     * Reads bytes.
     *
     * @param target where the bytes are put, from the beginning
     * @throws ModelException if this is closed, or the file has become shorter
     */
    void read(long position, byte[] target, int count) {
        try {
            synchronized (file) {
                file.seek(position);
                for (int done = 0; done < count; done += PIECE) {
                    file.readFully(target, done, Math.min(PIECE, count - done));
                }
            }
        } catch (EOFException e) {
            throw new ModelException(source + ": became shorter than the " + size + " bytes that it had", e);
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    private static ModelException unreadable(String source, IOException cause) {
        return new ModelException(source + ": cannot be read: " + cause.getMessage(), cause);
    }
}
