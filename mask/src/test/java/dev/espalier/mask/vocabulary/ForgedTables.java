// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import dev.espalier.core.file.FileKind;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** Prepared files in which one table was changed by somebody who knows how to make checksums. */
final class ForgedTables {

    private static final int[] NUMBERS = {0, 1, -1, 2, 255, 256, 1 << 8, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private final FileKind kind;
    private final byte[] whole;
    private final List<String> names;

    ForgedTables(FileKind kind, byte[] whole) {
        this.kind = kind;
        this.whole = whole;
        this.names = names(whole);
    }

    private static List<String> names(byte[] whole) {
        ByteBuffer file = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int count = file.getInt(12);
        file.position(32);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[file.getShort()];
            file.get(name);
            file.position(file.position() + 20);
            names.add(new String(name, StandardCharsets.UTF_8));
        }
        return names;
    }

    /** The file with one table changed, right checksums and all. */
    byte[] forged(Random random) {
        TableReader in = TableReader.of(kind, whole, "whole");
        TableWriter out = new TableWriter(kind);
        String changed = names.get(random.nextInt(names.size()));
        for (String name : names) {
            byte[] table = in.bytes(name);
            out.bytes(name, name.equals(changed) ? changed(table, random) : table);
        }
        return out.toBytes();
    }

    /** The file with a byte of its directory, or the number of its tables, changed, and the header's checksum made anew. */
    static byte[] withForgedDirectory(byte[] whole, Random random) {
        byte[] copy = whole.clone();
        ByteBuffer file = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        int directory = file.getInt(24);
        int at = random.nextInt(4) == 0 ? 12 + random.nextInt(4) : 32 + random.nextInt(directory);
        copy[at] = (byte) random.nextInt();
        CRC32C checksum = new CRC32C();
        checksum.update(copy, 0, 28);
        checksum.update(copy, 32, directory);
        file.putInt(28, (int) checksum.getValue());
        return copy;
    }

    private static byte[] changed(byte[] table, Random random) {
        if (table.length == 0 || random.nextInt(8) == 0) {
            return Arrays.copyOf(table, random.nextInt(2 * table.length + 9));
        }
        byte[] copy = table.clone();
        if (random.nextBoolean() || table.length < 4) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        } else {
            int at = random.nextInt(copy.length / 4) * 4;
            ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(at, NUMBERS[random.nextInt(NUMBERS.length)]);
        }
        return copy;
    }
}
