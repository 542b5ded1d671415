// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.file;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.PreparedFileException;
import dev.espalier.core.error.PreparedFileException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A reader of the tables of a prepared file. It checks the header, the length and the directory when it is opened, and each table's checksum
 * when it is read; errors name the damaged part. Tables are copied out of the file with one bulk read each. Checksums guard against accidents,
 * not against forgery. One thread.
 */
public final class TableReader {

    private final FileKind kind;
    private final String file;
    private final ByteBuffer content;
    private final Map<String, Entry> directory = new HashMap<>();

    private record Entry(int offset, int length, int checksum) {}

    private TableReader(FileKind kind, String file, ByteBuffer content) {
        this.kind = kind;
        this.file = file;
        this.content = content.order(ByteOrder.LITTLE_ENDIAN);
        readDirectory(checkHeader());
    }

    /**
     * A file, mapped into memory. It must not be written to as long as the reader is used.
     *
     * @throws PreparedFileException if it is cut, damaged, of another version or of another kind
     * @throws InvalidInputException if it cannot be read
     */
    public static TableReader open(FileKind kind, Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE - 16) {
                throw refusal(Reason.FOREIGN, kind, file.toString(), "is larger than 2 GiB");
            }
            return new TableReader(
                    kind, file.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (NoSuchFileException missing) {
            throw new InvalidInputException(file + ": no such file", missing);
        } catch (IOException failure) {
            throw new InvalidInputException(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /**
     * A file that is already in memory.
     *
     * @param file its name in messages
     * @throws PreparedFileException as {@link #open(FileKind, Path)}
     */
    public static TableReader of(FileKind kind, byte[] content, String file) {
        return new TableReader(kind, file, ByteBuffer.wrap(content));
    }

    /** The length of the directory. */
    private int checkHeader() {
        byte[] magic = new byte[Math.min(8, content.limit())];
        content.duplicate().get(magic);
        if (!kind.begins(magic)) {
            throw refusal(Reason.FOREIGN, "is not one: expected it to begin with the mark of one");
        }
        if (content.limit() < TableWriter.HEADER) {
            throw refusal(Reason.CUT, "ends inside its header of " + TableWriter.HEADER + " bytes");
        }
        int version = content.getInt(8);
        if (version != kind.version()) {
            throw refusal(
                    Reason.VERSION, "has version " + version + " of the format, and this is version " + kind.version());
        }
        long length = content.getLong(16);
        int directory = content.getInt(24);
        if (directory < 0 || TableWriter.HEADER + (long) directory > length) {
            throw refusal(Reason.DAMAGED, "is damaged in its header, bytes 0 to " + (TableWriter.HEADER - 1));
        }
        boolean whole = TableWriter.HEADER + (long) directory <= content.limit();
        if (whole && TableWriter.headerChecksum(content, directory) != content.getInt(TableWriter.HEADER - 4)) {
            throw refusal(
                    Reason.DAMAGED,
                    "is damaged in bytes 0 to " + (TableWriter.HEADER + directory - 1) + ", its header");
        }
        if (length != content.limit()) {
            throw refusal(
                    length > content.limit() ? Reason.CUT : Reason.DAMAGED,
                    "has " + content.limit() + " bytes, and " + length + " were written");
        }
        return directory;
    }

    private void readDirectory(int length) {
        ByteBuffer entries = content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        entries.limit(TableWriter.HEADER + length).position(TableWriter.HEADER);
        int count = content.getInt(12);
        for (int i = 0; i < count; i++) {
            int named = entries.remaining() < TableWriter.ENTRY ? -1 : entries.getShort();
            if (named < 0 || named > entries.remaining() - (TableWriter.ENTRY - 2)) {
                throw refusal(Reason.DAMAGED, "is damaged in its directory");
            }
            byte[] name = new byte[named];
            entries.get(name);
            long offset = entries.getLong();
            long bytes = entries.getLong();
            if (offset < 0 || bytes < 0 || offset > content.limit() - bytes) {
                throw refusal(Reason.DAMAGED, "is damaged in its directory");
            }
            Entry entry = new Entry((int) offset, (int) bytes, entries.getInt());
            directory.put(new String(name, StandardCharsets.UTF_8), entry);
        }
    }

    /** Whether there is a table of a name. */
    public boolean has(String name) {
        return directory.containsKey(name);
    }

    /**
     * A table of bytes.
     *
     * @throws PreparedFileException if it is damaged or there is none
     */
    public byte[] bytes(String name) {
        ByteBuffer table = table(name, 1);
        byte[] values = new byte[table.remaining()];
        table.get(values);
        return values;
    }

    /** A table of numbers; throws as {@link #bytes}. */
    public int[] ints(String name) {
        ByteBuffer table = table(name, 4);
        int[] values = new int[table.remaining() / 4];
        table.asIntBuffer().get(values);
        return values;
    }

    /** A table of exactly so many numbers; throws as {@link #bytes}. */
    public int[] ints(String name, int count) {
        int[] values = ints(name);
        if (values.length != count) {
            throw refusal(Reason.DAMAGED, "has " + values.length + " numbers in its table " + name + ", not " + count);
        }
        return values;
    }

    /** A table of numbers; throws as {@link #bytes}. */
    public long[] longs(String name) {
        ByteBuffer table = table(name, 8);
        long[] values = new long[table.remaining() / 8];
        table.asLongBuffer().get(values);
        return values;
    }

    /** A table of texts; throws as {@link #bytes}. */
    public List<String> texts(String name) {
        ByteBuffer table = table(name, 1);
        List<String> values = new ArrayList<>();
        while (table.hasRemaining()) {
            boolean utf8 = table.get() == 8;
            int length = table.remaining() < Integer.BYTES ? -1 : table.getInt();
            if (length < 0 || length > table.remaining()) {
                throw refusal(Reason.DAMAGED, "has a text that ends outside its table " + name);
            }
            byte[] text = new byte[length];
            table.get(text);
            values.add(
                    utf8
                            ? new String(text, StandardCharsets.UTF_8)
                            : ByteBuffer.wrap(text)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .asCharBuffer()
                                    .toString());
        }
        return values;
    }

    private ByteBuffer table(String name, int unit) {
        Entry entry = directory.get(name);
        if (entry == null) {
            throw refusal(Reason.DAMAGED, "has no table " + name);
        }
        ByteBuffer table = content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        table.limit(entry.offset + entry.length).position(entry.offset);
        CRC32C checksum = new CRC32C();
        checksum.update(table.duplicate());
        if ((int) checksum.getValue() != entry.checksum || entry.length % unit != 0) {
            throw refusal(
                    Reason.DAMAGED,
                    "is damaged in bytes " + entry.offset + " to " + (entry.offset + entry.length - 1) + ", its table "
                            + name);
        }
        return table;
    }

    /**
     * Refuses a table whose contents are not valid, which a checksum alone does not rule out.
     *
     * @throws PreparedFileException if it is not valid
     */
    public void check(boolean holds, String name) {
        if (!holds) {
            throw refusal(Reason.DAMAGED, "has a table " + name + " that contradicts itself or the others");
        }
    }

    /** As {@link #check(boolean, String)}, for a table whose name has two parts, which are joined only if it is refused. */
    public void check(boolean holds, String name, String part) {
        if (!holds) {
            check(false, name + part);
        }
    }

    /** The exception that refuses this file, in the same words as all others; {@code what}, after its name, says what is wrong. */
    public PreparedFileException refusal(Reason reason, String what) {
        return refusal(reason, kind, file, what);
    }

    private static PreparedFileException refusal(Reason reason, FileKind kind, String file, String what) {
        return new PreparedFileException(
                reason, file + ", read as a " + kind.name() + ", " + what + "; " + kind.remedy());
    }
}
