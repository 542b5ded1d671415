// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import com.sun.jna.Memory;
import com.sun.jna.Native;

/** Tokens for one call of {@code llama_decode}, each of one sequence. Owns native memory. Used by one thread at a time. */
public final class TokenBatch implements AutoCloseable {

    private final int capacity;
    private final Memory tokens;
    private final Memory positions;
    private final Memory counts;
    private final Memory sequences;
    private final Memory sequencePointers;
    private final Memory wanted;
    private int size;

    /** Room for some tokens. */
    public TokenBatch(int capacity) {
        this.capacity = capacity;
        this.tokens = new Memory((long) capacity * Integer.BYTES);
        this.positions = new Memory((long) capacity * Integer.BYTES);
        this.counts = new Memory((long) capacity * Integer.BYTES);
        this.sequences = new Memory((long) capacity * Integer.BYTES);
        this.sequencePointers = new Memory((long) capacity * Native.POINTER_SIZE);
        this.wanted = new Memory(capacity);
        for (int i = 0; i < capacity; i++) {
            counts.setInt((long) i * Integer.BYTES, 1);
            sequencePointers.setPointer((long) i * Native.POINTER_SIZE, sequences.share((long) i * Integer.BYTES));
        }
    }

    /** The number of tokens. */
    public int size() {
        return size;
    }

    /** Removes all tokens. */
    public void clear() {
        size = 0;
    }

    /**
     * Adds a token.
     *
     * @param wantsLogits whether its logits are asked for
     */
    public void add(int token, int sequence, int position, boolean wantsLogits) {
        if (size == capacity) {
            throw new IllegalStateException("the batch has its " + capacity + " tokens");
        }
        long at = (long) size * Integer.BYTES;
        tokens.setInt(at, token);
        sequences.setInt(at, sequence);
        positions.setInt(at, position);
        wanted.setByte(size, (byte) (wantsLogits ? 1 : 0));
        size++;
    }

    BatchStruct struct() {
        BatchStruct struct = new BatchStruct();
        struct.count = size;
        struct.tokens = tokens;
        struct.positions = positions;
        struct.counts = counts;
        struct.sequences = sequencePointers;
        struct.wanted = wanted;
        return struct;
    }

    @Override
    public void close() {
        for (Memory memory : new Memory[] {tokens, positions, counts, sequences, sequencePointers, wanted}) {
            memory.close();
        }
    }
}
