// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf.block;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The element types of the tensors that can be read. A row of a tensor is a sequence of blocks; a block of {@code Q4_0} is 32 weights in 18
 * bytes.
 *
 * <p>The values of a block are those of the Python package {@code gguf}, bit for bit: the same operations on 32-bit floats in the same
 * order.
 */
public enum GgmlType {
    F32(0, 32, 1, 4, Floats::f32),
    F16(1, 16, 1, 2, Floats::f16),
    Q4_0(2, 4, 32, 18, SmallBlocks::q4_0),
    Q4_1(3, 4, 32, 20, SmallBlocks::q4_1),
    Q5_0(6, 5, 32, 22, SmallBlocks::q5_0),
    Q5_1(7, 5, 32, 24, SmallBlocks::q5_1),
    Q8_0(8, 8, 32, 34, SmallBlocks::q8_0),
    Q2_K(10, 2, 256, 84, SuperBlocks::q2),
    Q3_K(11, 3, 256, 110, SuperBlocks::q3),
    Q4_K(12, 4, 256, 144, SuperBlocks::q4),
    Q5_K(13, 5, 256, 176, SuperBlocks::q5),
    Q6_K(14, 6, 256, 210, SuperBlocks::q6),
    BF16(30, 16, 1, 2, Floats::bf16);

    /** The types that are not read, for messages. */
    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            entry(4, "Q4_2"),
            entry(5, "Q4_3"),
            entry(9, "Q8_1"),
            entry(15, "Q8_K"),
            entry(16, "IQ2_XXS"),
            entry(17, "IQ2_XS"),
            entry(18, "IQ3_XXS"),
            entry(19, "IQ1_S"),
            entry(20, "IQ4_NL"),
            entry(21, "IQ3_S"),
            entry(22, "IQ2_S"),
            entry(23, "IQ4_XS"),
            entry(24, "I8"),
            entry(25, "I16"),
            entry(26, "I32"),
            entry(27, "I64"),
            entry(28, "F64"),
            entry(29, "IQ1_M"),
            entry(31, "Q4_0_4_4"),
            entry(32, "Q4_0_4_8"),
            entry(33, "Q4_0_8_8"),
            entry(34, "TQ1_0"),
            entry(35, "TQ2_0"),
            entry(36, "IQ4_NL_4_4"),
            entry(37, "IQ4_NL_4_8"),
            entry(38, "IQ4_NL_8_8"),
            entry(39, "MXFP4"),
            entry(40, "NVFP4"),
            entry(41, "Q1_0"));

    private final int id;
    private final int bits;
    private final int weights;
    private final int bytes;
    private final BlockDecoder decoder;

    GgmlType(int id, int bits, int weights, int bytes, BlockDecoder decoder) {
        this.id = id;
        this.bits = bits;
        this.weights = weights;
        this.bytes = bytes;
        this.decoder = decoder;
    }

    /** The type that files give as that number, if it can be read. */
    public static Optional<GgmlType> of(int id) {
        for (GgmlType type : values()) {
            if (type.id == id) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The name of the type that files give as that number, whether it can be read or not. */
    public static String nameOf(int id) {
        return of(id).map(GgmlType::name)
                .orElseGet(() -> Objects.requireNonNullElse(OTHERS.get(id), "number " + Integer.toUnsignedString(id)));
    }

    /** The number of weights in a block. */
    public int weights() {
        return weights;
    }

    /** The number of bytes in a block. */
    public int bytes() {
        return bytes;
    }

    /**
     * Computes the values of consecutive blocks.
     *
     * @param blocks bytes of a tensor
     * @param from the index of the first byte of the first block
     * @param count the number of blocks
     * @param values where the values are put
     * @param to the index of the first value
     */
    public void dequantise(byte[] blocks, int from, int count, float[] values, int to) {
        Objects.checkFromIndexSize(from, count * bytes, blocks.length);
        Objects.checkFromIndexSize(to, count * weights, values.length);
        decoder.decode(blocks, from, count, values, to);
    }

    /** Whether weights are codes of 4 bits of which 32 share a scale and a zero. */
    public boolean hasFourBitCodes() {
        return bits == 4;
    }

    /**
     * Reads the codes of blocks, in groups of 32: a weight is {@code (code − 8)·scale + zero}.
     *
     * @param blocks bytes of a tensor whose type {@linkplain #hasFourBitCodes() has such codes}
     * @param groups the number of groups, those of whole blocks
     * @param pairs where the codes are put: byte {@code j} holds the code {@code 2j}, and above it {@code 2j + 1}
     * @param scales where a scale and a zero of each group are put
     */
    public void codes(byte[] blocks, int groups, byte[] pairs, float[] scales) {
        FourBitCodes.read(this, blocks, groups, pairs, scales);
    }

    /** The bits of a float, or of the code of a weight. */
    public int bits() {
        return bits;
    }
}
