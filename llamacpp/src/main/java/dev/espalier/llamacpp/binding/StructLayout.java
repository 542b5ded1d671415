// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the fields of a struct of parameters lie in one build of llama.cpp, and which values the build gives them by default. A block of
 * defaults that has these values, and is as long, is taken for such a struct. Immutable.
 */
final class StructLayout {

    private static final int ALIGNMENT = 8;

    private final String name;
    private final Map<String, StructField> fields;
    private final int size;

    private StructLayout(String name, Map<String, StructField> fields, int size) {
        this.name = name;
        this.fields = fields;
        this.size = size;
    }

    /**
     * The layout of a struct.
     *
     * @param name the name of the struct
     * @param table its fields in order, one a line: type, name and default, which is {@code *} where it depends on the machine
     */
    static StructLayout of(String name, String table) {
        Map<String, StructField> fields = new LinkedHashMap<>();
        int offset = 0;
        for (String line : table.lines().toList()) {
            String[] words = line.strip().split(" +");
            FieldType type = FieldType.valueOf(words[0]);
            offset = aligned(offset, type.bytes());
            OptionalLong usual = words[2].equals("*") ? OptionalLong.empty() : OptionalLong.of(type.bits(words[2]));
            fields.put(words[1], new StructField(words[1], type, offset, usual));
            offset += type.bytes();
        }
        return new StructLayout(name, fields, aligned(offset, ALIGNMENT));
    }

    private static int aligned(int offset, int alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    /** The number of bytes. */
    int size() {
        return size;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** A struct with the defaults of the build, for comparisons; 0 where they depend on the machine. */
    StructBytes defaults() {
        StructBytes struct = new StructBytes();
        for (StructField field : fields.values()) {
            field.type().write(struct.bytes(), field.offset(), field.usual().orElse(0));
        }
        return struct;
    }

    /** Why a block of defaults is not of this layout; empty if it is. */
    Optional<String> difference(StructBytes defaults) {
        if (aligned(defaults.written(), ALIGNMENT) != size) {
            return Optional.of(name + " has " + aligned(defaults.written(), ALIGNMENT) + " bytes instead of " + size);
        }
        for (StructField field : fields.values()) {
            long found = field.type().read(defaults.bytes(), field.offset());
            if (field.usual().isPresent() && field.usual().getAsLong() != found) {
                return Optional.of(name + "." + field.name() + " is "
                        + field.type().text(found) + " instead of "
                        + field.type().text(field.usual().getAsLong()));
            }
        }
        return Optional.empty();
    }

    /** Sets a field. */
    void set(ByteBuffer struct, String field, long value) {
        StructField found = fields.get(field);
        if (found == null) {
            throw new IllegalArgumentException(name + " has no field " + field);
        }
        found.type().write(struct, found.offset(), value);
    }

    @Override
    public String toString() {
        return name + fields.values();
    }
}
