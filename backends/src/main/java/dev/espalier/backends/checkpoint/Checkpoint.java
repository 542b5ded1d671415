// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.file.FileSource;
import dev.espalier.backends.file.TensorType;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.core.error.ModelException;
import java.nio.ByteBuffer;
import java.util.Map;

/** The weights of a model. Names and shapes of all tensors are compared with those that the configuration needs before any is loaded. */
public interface Checkpoint {

    /** A receiver of tensor data. */
    interface Sink {

        /**
         * Takes consecutive elements of a tensor.
         *
         * @param name its name in the program
         * @param type of the elements: 32-bit floats or one of the 16-bit ones
         * @param offset the index of the first element
         * @param chunk their bytes, little-endian, from position to limit; valid during the call
         */
        void put(String name, long[] shape, TensorType type, long offset, ByteBuffer chunk);
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

    /** The number of weights. */
    long parameters();

    /** The weights of the largest tensor. */
    long largest();

    /** Whether most of the weights have at most the 8 bits of precision that "brain" floats have. */
    boolean isBrain();

    /** Where each tensor is, by its name in the program. */
    Map<String, TensorPlace> places();

    /** Passes all weights to a sink, in the order of the files. Cost: one pass over them. */
    void read(Sink sink);
}
