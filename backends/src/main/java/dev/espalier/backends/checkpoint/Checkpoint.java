// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.file.FileSource;
import dev.espalier.backends.file.TensorType;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.core.error.ModelException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The weights of a model. Names and shapes of all tensors are compared with those that the configuration needs before any is loaded. */
public interface Checkpoint {

    /**
     * A tensor as the files have it.
     *
     * @param name its name in the program
     * @param type the name of its element type
     * @param bits the bits of an element, or of the code of one: 16 and more for floats
     */
    record Stored(String name, String type, long[] shape, int bits) {

        /** The number of weights. */
        public long weights() {
            return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        }

        /** Whether its elements are floats, not codes. */
        public boolean isFloat() {
            return bits >= 16;
        }

        /** Whether they are codes of 4 bits, of which 32 share a scale and a zero. */
        public boolean hasFourBitCodes() {
            return bits == 4;
        }

        /** Whether it is a matrix of a layer. */
        public boolean isInLayer() {
            return name.endsWith("_proj.weight");
        }
    }

    /** A receiver of tensor data. */
    interface Sink {

        /**
         * Takes consecutive elements of a tensor, those of a matrix by whole rows.
         *
         * @param name its name in the program
         * @param type of the elements: 32-bit floats or one of the 16-bit ones
         * @param offset the index of the first element
         * @param chunk their bytes, little-endian, from position to limit; valid during the call
         */
        void put(String name, long[] shape, TensorType type, long offset, ByteBuffer chunk);
    }

    /** A receiver that takes the codes of quantised tensors, too. */
    interface CodeSink extends Sink {

        /** Whether it takes the codes of a tensor that has such of 4 bits, instead of values. */
        boolean takesCodes(String name);

        /**
         * Takes consecutive codes of a tensor: a weight is {@code (code − 8)·scale + zero}.
         *
         * @param name its name in the program
         * @param offset the index of the first element
         * @param pairs two codes in a byte, the first in its lower bits; valid during the call
         * @param scales a scale and a zero for each 32 elements, from the beginning
         */
        void putCodes(String name, long[] shape, long offset, ByteBuffer pairs, float[] scales);
    }

    /**
     * The weights of a Hugging Face directory: one {@code model.safetensors}, or several with an index.
     *
     * @throws ModelException if a file or a tensor is missing, superfluous, or not of the shape that is needed
     */
    static Checkpoint safetensors(FileSource files, ModelConfig config) {
        return SafetensorsCheckpoint.open(files, config);
    }

    /**
     * The weights of a GGUF file, which stays open until they are read.
     *
     * @throws ModelException if a tensor is missing, superfluous, or not of the shape that is needed
     */
    static Checkpoint gguf(GgufFile file, ModelConfig config) {
        return new GgufCheckpoint(file, config);
    }

    /** The tensors that are read, in the order of the files. */
    List<Stored> tensors();

    /** The number of weights. */
    default long parameters() {
        return tensors().stream().mapToLong(Stored::weights).sum();
    }

    /** Whether most of the weights are of tensors of a kind. */
    default boolean isMostly(Predicate<Stored> kind) {
        return 2 * tensors().stream().filter(kind).mapToLong(Stored::weights).sum() > parameters();
    }

    /** Whether the matrices of the layers are codes of at least 4 bits, and most of their weights are codes of 4. */
    default boolean hasFourBitCodes() {
        List<Stored> matrices = tensors().stream().filter(Stored::isInLayer).toList();
        long all = matrices.stream().mapToLong(Stored::weights).sum();
        long kept = matrices.stream()
                .filter(Stored::hasFourBitCodes)
                .mapToLong(Stored::weights)
                .sum();
        return 2 * kept > all && matrices.stream().allMatch(matrix -> !matrix.isFloat() && matrix.bits() >= 4);
    }

    /** Where each tensor is, by its name in the program. */
    Map<String, TensorPlace> places();

    /** Passes all weights to a sink, in the order of the files. Cost: one pass over them. */
    void read(Sink sink);
}
