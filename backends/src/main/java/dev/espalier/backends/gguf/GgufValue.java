// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.core.error.ModelException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A value of the metadata, decoded when it is asked for. Immutable.
 *
 * <p>Each accessor but {@link #type()} throws a {@link ModelException} with file and key if the value is not of its kind.
 */
public final class GgufValue {

    private static final int NO_INDEX = -1;

    private final String owner;
    private final int index;
    private final GgufValueType type;
    private final ByteBuffer content;

    /**
     * The value of a key.
     *
     * @param where the file and key, for messages
     * @param content its bytes as in the file, little-endian, in which all lengths are sound
     */
    GgufValue(String where, GgufValueType type, ByteBuffer content) {
        this(where, NO_INDEX, type, content);
    }

    private GgufValue(String owner, int index, GgufValueType type, ByteBuffer content) {
        this.owner = owner;
        this.index = index;
        this.type = type;
        this.content = content;
    }

    /** The type. */
    public GgufValueType type() {
        return type;
    }

    /** A string, which must be UTF-8. */
    public String text() {
        if (type != GgufValueType.STRING) {
            throw wrong("a string");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(content.slice(8, content.limit() - 8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelException(where() + ": expected UTF-8", e);
        }
    }

    /** An integer of any width. */
    public long integer() {
        return switch (type) {
            case UINT8 -> content.get(0) & 0xff;
            case INT8 -> content.get(0);
            case UINT16 -> content.getShort(0) & 0xffff;
            case INT16 -> content.getShort(0);
            case UINT32 -> content.getInt(0) & 0xffff_ffffL;
            case INT32 -> content.getInt(0);
            case INT64 -> content.getLong(0);
            case UINT64 -> {
                if (content.getLong(0) < 0) {
                    throw new ModelException(where() + ": expected an integer below 2^63, found "
                            + Long.toUnsignedString(content.getLong(0)));
                }
                yield content.getLong(0);
            }
            default -> throw wrong("an integer");
        };
    }

    /** An integer from {@code least} to {@code most}. */
    public int integer(int least, int most) {
        long value = integer();
        if (value < least || value > most) {
            throw new ModelException(
                    where() + ": expected an integer from " + least + " to " + most + ", found " + value);
        }
        return (int) value;
    }

    /** A number: a float of 32 or 64 bits, or an integer. */
    public double number() {
        return switch (type) {
            case FLOAT32 -> content.getFloat(0);
            case FLOAT64 -> content.getDouble(0);
            case BOOL, STRING, ARRAY -> throw wrong("a number");
            default -> integer();
        };
    }

    /** True or false. */
    public boolean flag() {
        if (type != GgufValueType.BOOL || (content.get(0) & 0xfe) != 0) {
            throw wrong("true or false");
        }
        return content.get(0) == 1;
    }

    /** The elements of an array, each made when it is asked for. The stream is sequential. */
    public Stream<GgufValue> elements() {
        if (type != GgufValueType.ARRAY) {
            throw wrong("an array");
        }
        String where = where();
        HeaderBytes bytes = new HeaderBytes(where, content);
        GgufValueType elementType = bytes.valueType();
        int count = bytes.count(elementType.bytes());
        return IntStream.range(0, count).mapToObj(i -> new GgufValue(where, i, elementType, bytes.value(elementType)));
    }

    /** An array of strings. */
    public List<String> texts() {
        return elements().map(GgufValue::text).toList();
    }

    /** An array of integers. */
    public long[] integers() {
        return elements().mapToLong(GgufValue::integer).toArray();
    }

    /** An array of numbers. */
    public double[] numbers() {
        return elements().mapToDouble(GgufValue::number).toArray();
    }

    private String where() {
        return index == NO_INDEX ? owner : owner + "[" + index + "]";
    }

    private ModelException wrong(String expected) {
        return new ModelException(where() + ": expected " + expected + ", found the type " + type);
    }
}
