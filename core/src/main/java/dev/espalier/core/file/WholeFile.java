// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A writer of files as a whole: to a temporary file in the same folder, which is then renamed. So no reader ever sees half of a file, and a
 * file that cannot be written stays unchanged. The temporary file is new and its name unpredictable, so that concurrent writers do not share
 * it and no link of that name is followed; it is deleted if writing fails. Thread-safe.
 */
public final class WholeFile {

    private static final int TRIALS = 100;

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {

        /** Writes everything; does not close the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    private WholeFile() {}

    /**
     * Writes a file. If it is a link, the target is written; a device or a pipe is written directly.
     *
     * @throws IOException if that fails
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
                content.writeTo(out);
            }
            return;
        }
        Path beside = made(target);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
                content.writeTo(out);
            }
            move(beside, target);
        } catch (IOException | RuntimeException | Error failure) {
            discard(beside, failure);
            throw failure;
        }
    }

    /** Writes a text in UTF-8; as {@link #write(Path, Content)}. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Path made(Path target) throws IOException {
        for (int trial = 1; ; trial++) {
            String name = ".espalier-" + UUID.randomUUID() + ".part";
            Path beside = target.resolveSibling(name);
            try {
                Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                        .close();
                return beside;
            } catch (FileAlreadyExistsException taken) {
                if (trial == TRIALS) {
                    throw taken;
                }
            }
        }
    }

    private static void discard(Path beside, Throwable failure) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException left) {
            failure.addSuppressed(left);
        }
    }

    private static void move(Path beside, Path target) throws IOException {
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
