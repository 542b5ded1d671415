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
 * Writes files as a whole: beside their place, then moved there, so that no reader ever sees half of one, and one that cannot be
 * written stays what it was. The file beside has a name that nobody can foresee and is made anew, so that writers at the
 * same time do not meet in it and no link of that name is followed; it is deleted when writing fails. Thread-safe.
 */
public final class WholeFile {

    private static final int TRIALS = 100;

    /** What is written. */
    @FunctionalInterface
    public interface Content {

        /** Writes everything; does not close the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    private WholeFile() {}

    /**
     * Writes a file. Where a link leads to it, the file that it leads to is written; a device or a pipe is written directly.
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
