// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.file;

import dev.espalier.core.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** A writer of one prepared file, which collects its tables first. Equal tables make equal bytes. Arrays are copied as they are added. One thread. */
public final class TableWriter {

    /** The bytes before the directory. */
    static final int HEADER = 32;

    /** The bytes of an entry of the directory, without the table's name. */
    static final int ENTRY = 2 + 8 + 8 + 4;

    private final FileKind kind;
    private final Map<String, byte[]> tables = new LinkedHashMap<>();

    /** A file of a kind, without tables yet. */
    public TableWriter(FileKind kind) {
        this.kind = kind;
    }

    /** Adds a table of bytes under a name that no other table has. */
    public void bytes(String name, byte[] values) {
        add(name, values.clone());
    }

    /** Adds a table of numbers; as {@link #bytes}. */
    public void ints(String name, int... values) {
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values);
        add(name, buffer.array());
    }

    /** Adds a table of numbers; as {@link #bytes}. */
    public void longs(String name, long... values) {
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.multiplyExact(8, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(values);
        add(name, buffer.array());
    }

    /** Adds a table of texts, each in UTF-16 if UTF-8 cannot represent it exactly; as {@link #bytes}. */
    public void texts(String name, List<String> values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String value : values) {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            boolean exact = new String(text, StandardCharsets.UTF_8).equals(value);
            all.write(exact ? 8 : 16);
            text = exact ? text : units(value);
            all.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(text.length)
                    .array());
            all.writeBytes(text);
        }
        add(name, all.toByteArray());
    }

    /** The UTF-16 units of a text, low bytes first. Unlike an encoder, this keeps lone surrogates. */
    private static byte[] units(String value) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * value.length()).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asCharBuffer().put(value);
        return buffer.array();
    }

    private void add(String name, byte[] content) {
        if (tables.put(name, content) != null) {
            throw new IllegalStateException("two tables are called " + name);
        }
    }

    /** The whole file. */
    public byte[] toBytes() {
        int directory = tables.keySet().stream()
                .mapToInt(name -> ENTRY + name(name).length)
                .sum();
        long length = HEADER + directory;
        for (byte[] content : tables.values()) {
            length = aligned(length) + content.length;
        }
        if (length > Integer.MAX_VALUE - 16) {
            throw new InvalidInputException("a " + kind.name() + " of " + length + " bytes is past 2 GiB");
        }
        ByteBuffer file = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(kind.magic())
                .putInt(kind.version())
                .putInt(tables.size())
                .putLong(length)
                .putInt(directory);
        file.position(HEADER);
        long at = HEADER + directory;
        for (Map.Entry<String, byte[]> table : tables.entrySet()) {
            byte[] name = name(table.getKey());
            byte[] content = table.getValue();
            at = aligned(at);
            file.putShort((short) name.length)
                    .put(name)
                    .putLong(at)
                    .putLong(content.length)
                    .putInt(checksum(content));
            System.arraycopy(content, 0, file.array(), (int) at, content.length);
            at += content.length;
        }
        file.putInt(HEADER - 4, headerChecksum(file, directory));
        return file.array();
    }

    /** The checksum over header and directory without itself. */
    static int headerChecksum(ByteBuffer file, int directory) {
        CRC32C checksum = new CRC32C();
        checksum.update(file.duplicate().position(0).limit(HEADER - 4));
        checksum.update(file.duplicate().limit(HEADER + directory).position(HEADER));
        return (int) checksum.getValue();
    }

    private static int checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content, 0, content.length);
        return (int) checksum.getValue();
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static long aligned(long at) {
        return (at + 7) & ~7L;
    }

    /**
     * Writes the whole file to a stream, which stays open.
     *
     * @throws InvalidInputException if that fails
     */
    public void writeTo(OutputStream out) {
        try {
            out.write(toBytes());
        } catch (IOException failure) {
            throw new InvalidInputException(
                    "a " + kind.name() + " cannot be written: " + failure.getMessage(), failure);
        }
    }

    /**
     * Writes the whole file under another name in the same folder and then renames it, so that no reader ever sees half of it.
     *
     * @throws InvalidInputException if that fails
     */
    public void writeTo(Path file) {
        try {
            WholeFile.write(file, out -> out.write(toBytes()));
        } catch (IOException failure) {
            throw new InvalidInputException(file + " cannot be written: " + failure.getMessage(), failure);
        }
    }
}
