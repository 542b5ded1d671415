// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import dev.espalier.core.error.InvalidInputException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a command reads and writes: results to {@code out}, everything else to {@code err}, both in UTF-8 whatever the
 * locale says. One command uses it at a time.
 *
 * @param in standard input, for the file name {@code -}
 * @param out results
 * @param err diagnostics, in which control characters are shown and do nothing
 * @param terminal whether {@code err} is a terminal, so that a progress display may be drawn
 * @param reader whether {@code out} is a terminal, so that somebody reads texts while they are written
 */
public record Console(InputStream in, PrintStream out, PrintStream err, boolean terminal, boolean reader) {

    private static final long MAX_BYTES = 256L << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Sees to it that standard input is read for one purpose only, and that messages draw nothing. */
    public Console {
        in = new StandardInput(in);
        err = err instanceof MessageStream ? err : new MessageStream(err);
    }

    /** A console whose standard output nobody reads while it is written. */
    public Console(InputStream in, PrintStream out, PrintStream err, boolean terminal) {
        this(in, out, err, terminal, false);
    }

    /** The console of this process. */
    public static Console system() {
        return new Console(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Boolean.getBoolean("espalier.terminal"),
                Boolean.getBoolean("espalier.reader"));
    }

    /** Standard error for what draws on a terminal. */
    public PrintStream display() {
        return err instanceof MessageStream messages ? messages.raw() : err;
    }

    /** Standard output for tables that people read: control characters are shown and do nothing. */
    public PrintStream table() {
        return new MessageStream(out);
    }

    /**
     * Sees to it that all results so far are written.
     *
     * @throws OutputFailure if they cannot be
     */
    public void written() {
        if (out.checkError()) {
            throw new OutputFailure();
        }
    }

    /**
     * The path that a file's name stands for.
     *
     * @throws InvalidInputException if it is none
     */
    public static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new InvalidInputException(file + ": not a file name", e);
        }
    }

    /**
     * The bytes of a file, or of standard input for {@code -}.
     *
     * @throws InvalidInputException if it cannot be read, is larger than 256 MiB, or is standard input for a second time
     */
    public byte[] readBytes(String file) {
        try {
            if (file.equals("-")) {
                return checked(file, ((StandardInput) in).take((int) MAX_BYTES + 1));
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new InvalidInputException(file + ": is a directory, expected a file");
            }
            try (InputStream stream = Files.newInputStream(path)) {
                return checked(file, stream.readNBytes((int) MAX_BYTES + 1));
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + ": no such file", e);
        } catch (IOException | InvalidPathException e) {
            throw new InvalidInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] checked(String file, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidInputException(file + ": larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        return bytes;
    }

    /**
     * The text of a file in UTF-8, or of standard input for {@code -}, without a byte order mark at its beginning.
     *
     * @throws InvalidInputException if it cannot be read or is not UTF-8, naming the first bad byte
     */
    public String readText(String file) {
        byte[] bytes = readBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(buffer)
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    file + ": not UTF-8 text at byte " + buffer.position() + "; convert it to UTF-8", e);
        }
    }
}
