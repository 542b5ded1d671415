// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A sound file of small alignment taken apart, so that keys of it can be changed: each with its type and value as in the file. */
public record GgufEdit(long tensorCount, Map<String, byte[]> keys, byte[] tensors, byte[] data) {

    private static final int ALIGNMENT = 32;

    /** Takes a file apart. */
    public static GgufEdit of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(8);
        long tensorCount = bytes.getLong();
        long count = bytes.getLong();
        HeaderBytes header = new HeaderBytes("fixture", bytes.slice());
        Map<String, byte[]> keys = new LinkedHashMap<>();
        int start = bytes.position();
        for (int i = 0; i < count; i++) {
            String key = header.text();
            int from = start + header.position();
            header.value(header.valueType());
            keys.put(key, Arrays.copyOfRange(file, from, start + header.position()));
        }
        int from = start + header.position();
        for (int i = 0; i < tensorCount; i++) {
            header.text();
            for (int dimensions = header.int32(); dimensions > 0; dimensions--) {
                header.int64();
            }
            header.int32();
            header.int64();
        }
        int to = start + header.position();
        int data = (to + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return new GgufEdit(
                tensorCount, keys, Arrays.copyOfRange(file, from, to), Arrays.copyOfRange(file, data, file.length));
    }

    /** The same file with other keys. */
    public byte[] with(Map<String, byte[]> others) {
        GgufBytes bytes = GgufBytes.file(tensorCount, others.size());
        others.forEach((key, value) -> bytes.text(key).raw(value));
        return bytes.raw(tensors).data(ALIGNMENT, 0).raw(data).array();
    }

    /** An integer of 32 bits. */
    public static byte[] int32(int value) {
        return new GgufBytes().int32(4).int32(value).array();
    }

    /** An integer of 32 bits with a sign. */
    public static byte[] signed32(int value) {
        return new GgufBytes().int32(5).int32(value).array();
    }

    /** A number of 32 bits. */
    public static byte[] float32(float value) {
        return new GgufBytes().int32(6).int32(Float.floatToRawIntBits(value)).array();
    }

    /** True or false. */
    public static byte[] flag(boolean value) {
        return new GgufBytes().int32(7).raw((byte) (value ? 1 : 0)).array();
    }

    /** An integer of 64 bits. */
    public static byte[] int64(long value) {
        return new GgufBytes().int32(11).int64(value).array();
    }

    /** A string of any bytes. */
    public static byte[] text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        return new GgufBytes()
                .int32(GgufBytes.STRING)
                .int64(bytes.length)
                .raw(bytes)
                .array();
    }

    /** An array of values that have been made as above, of one type. */
    public static byte[] array(byte[]... values) {
        GgufBytes bytes = new GgufBytes().int32(GgufBytes.ARRAY);
        bytes.raw(Arrays.copyOf(values.length == 0 ? int32(0) : values[0], 4)).int64(values.length);
        for (byte[] value : values) {
            bytes.raw(Arrays.copyOfRange(value, 4, value.length));
        }
        return bytes.array();
    }
}
