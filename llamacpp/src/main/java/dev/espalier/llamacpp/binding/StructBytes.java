// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import com.sun.jna.Memory;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Room for a struct of parameters of any build, given and returned by value. On all platforms structs as large as these go through memory, and
 * they are the last parameter of the functions that take them, so that more bytes than the struct has do no harm. The marks that fill
 * a new one show how many bytes a function has written.
 */
@FieldOrder("words")
public final class StructBytes extends Structure implements Structure.ByValue {

    static final int SIZE = 512;
    private static final byte MARK = (byte) 0xa5;

    /** What JNA reads and writes. */
    public long[] words = new long[SIZE / Long.BYTES];

    /** A struct full of marks. */
    public StructBytes() {
        setAutoSynch(false);
    }

    @Override
    protected Memory autoAllocate(int size) {
        Memory memory = super.autoAllocate(size);
        memory.setMemory(0, size, MARK);
        return memory;
    }

    /** The bytes themselves. */
    ByteBuffer bytes() {
        return getPointer().getByteBuffer(0, SIZE).order(ByteOrder.nativeOrder());
    }

    /** The number of bytes up to the last one that is no mark. */
    int written() {
        ByteBuffer bytes = bytes();
        int end = SIZE;
        while (end > 0 && bytes.get(end - 1) == MARK) {
            end--;
        }
        return end;
    }
}
