// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

/**
 * The configuration of a decoder, whatever file says it.
 *
 * @param architecture its name in the file
 * @param names the names of the tensors
 * @param vocabularySize the rows of the embedding, the width of the logits
 * @param hiddenSize the width of the residual stream
 * @param intermediateSize the width inside the feed-forward layers
 * @param layers the number of layers
 * @param attention how tokens attend to each other
 * @param norms where the residual stream is normalised
 * @param factors what is multiplied on the way
 * @param biases which projections have biases
 * @param joined whether queries, keys and values are one tensor, and gate and up projections another
 * @param gelu whether the feed-forward layers use GELU (by tanh) instead of SiLU
 * @param tied whether the embedding is also the output projection
 * @param contextLength the most positions
 * @param endIds the ids that end a text
 */
public record ModelConfig(
        String architecture,
        TensorNames names,
        int vocabularySize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        Attention attention,
        Norms norms,
        Factors factors,
        Biases biases,
        boolean joined,
        boolean gelu,
        boolean tied,
        int contextLength,
        int[] endIds) {

    /**
     * How tokens attend to each other.
     *
     * @param heads query heads
     * @param groups key and value heads, a divisor of {@code heads}
     * @param headSize the size of a head, even
     * @param positions how positions are told apart
     * @param window for each layer, the number of positions to which a token attends, itself included; 0 for all
     * @param headNorm how queries and keys are normalised
     * @param scale what products of queries and keys are multiplied with
     * @param cap the bound that scores approach by a hyperbolic tangent; 0 for none
     */
    public record Attention(
            int heads,
            int groups,
            int headSize,
            Positions positions,
            int[] window,
            HeadNorm headNorm,
            double scale,
            double cap) {

        /** Query heads with the usual scale and no cap. */
        static Attention of(int heads, int groups, int headSize, Positions positions, int[] window, HeadNorm norm) {
            return new Attention(heads, groups, headSize, positions, window, norm, 1 / Math.sqrt(headSize), 0);
        }
    }

    /**
     * How positions are told apart.
     *
     * @param tables the rotations that there are
     * @param table for each layer, the index of its rotation
     * @param rotated how many components of a head rotate, the first ones
     * @param interleaved whether the components that rotate together are neighbours in the files already
     */
    public record Positions(RotaryEmbedding[] tables, int[] table, int rotated, boolean interleaved) {

        /** One rotation of whole heads for all layers. */
        static Positions of(RotaryEmbedding all, int layers) {
            return new Positions(new RotaryEmbedding[] {all}, new int[layers], 2 * all.frequencies().length, false);
        }
    }

    /** How queries and keys are normalised before they rotate. */
    public enum HeadNorm {
        /** Not at all. */
        NONE,
        /** Each head, by weights that all heads share. */
        HEAD,
        /** All heads of a token together. */
        WIDE
    }

    /**
     * Where the residual stream is normalised by its root mean square.
     *
     * @param epsilon what is added to the mean square
     * @param offset what is added to the weights in the files
     * @param before whether what attention and feed-forward layers read is normalised
     * @param after whether what they write is
     */
    public record Norms(double epsilon, double offset, boolean before, boolean after) {}

    /**
     * What is multiplied on the way.
     *
     * @param embedding the embedding of a token
     * @param residual what attention and feed-forward layers add
     * @param logits the logits
     * @param logitCap the bound that logits approach by a hyperbolic tangent, after that; 0 for none
     */
    public record Factors(double embedding, double residual, double logits, double logitCap) {

        /** None. */
        static final Factors NONE = new Factors(1, 1, 1, 0);
    }

    /**
     * Which projections have biases.
     *
     * @param query queries, keys and values
     * @param output the attention's output
     * @param feedForward the feed-forward layers
     */
    public record Biases(boolean query, boolean output, boolean feedForward) {}
}
