// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.checkpoint.ModelConfig;
import dev.espalier.backends.checkpoint.RotaryEmbedding;
import dev.espalier.backends.torch.TorchProgram;
import dev.espalier.backends.torch.TorchSettings;
import dev.espalier.backends.torch.WeightForm;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The program {@code decoder.pt} with the weights of one model and a pool of cache rows. Used by one thread at a time. */
public final class DecoderNetwork implements KeyValueCache.Memory, AutoCloseable {

    private static final String PROGRAM = "program/decoder.pt";

    private final TorchProgram program;
    private final NumericFault fault;

    private DecoderNetwork(TorchProgram program, NumericFault fault) {
        this.program = program;
        this.fault = fault;
    }

    /**
     * Loads a model's weights. Cost: one pass over the files, and their size in the precision asked for.
     *
     * @throws ModelException if the weights do not fit the configuration, or memory is too small for them
     */
    public static DecoderNetwork load(Checkpoint checkpoint, ModelConfig config, TorchSettings settings) {
        if (settings.precision() == WeightForm.INT4) {
            requireWidths(config, "int4", 32);
            require(
                    "int4",
                    "width of all key heads",
                    config.attention().groups() * config.attention().headSize(),
                    16);
        } else if (settings.precision() == WeightForm.INT8) {
            requireWidths(config, "int8", 16);
        }
        if (!settings.cuda()) {
            WeightMemory.require(checkpoint, settings.precision());
        }
        TorchProgram program = TorchProgram.resource(PROGRAM, settings);
        NumericFault fault = new NumericFault(program, checkpoint.places(), settings.precision());
        DecoderNetwork network = new DecoderNetwork(program, fault);
        try {
            network.start(checkpoint, settings);
            network.configure(config);
            checkpoint.read(new WeightTransfer(network.program, checkpoint, settings.precision()));
            network.program.run("finish");
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Says where to compute, in which type, and which tensors become integers of how many bits. */
    private void start(Checkpoint checkpoint, TorchSettings settings) {
        Map<String, IValue> bits = new LinkedHashMap<>();
        for (Checkpoint.Stored tensor : checkpoint.tensors()) {
            WeightForm form = WeightMemory.form(tensor, settings.precision());
            if (form.isInteger()) {
                bits.put(tensor.name(), IValue.from(form == WeightForm.INT4 ? 4.0 : 8.0));
            }
        }
        long type = Math.min(settings.precision().ordinal(), WeightForm.BFLOAT16.ordinal());
        program.run("start", IValue.from(settings.device()), IValue.from(type), IValue.stringIValueMapFrom(bits));
    }

    /** Refuses matrices whose rows PyTorch's kernels would read past: 4-bit weights come in groups of 32, 8-bit ones in blocks of 16. */
    private static void requireWidths(ModelConfig config, String precision, int divisor) {
        int heads = config.attention().heads() * config.attention().headSize();
        require(precision, "hidden size", config.hiddenSize(), divisor);
        require(precision, "intermediate size", config.intermediateSize(), divisor);
        require(precision, "width of all query heads", heads, divisor);
    }

    private static void require(String precision, String name, int width, int divisor) {
        if (width % divisor != 0) {
            throw new UnsupportedFeatureException(
                    precision,
                    "weights as " + precision + " need a " + name + " that is a multiple of " + divisor + ", and it is "
                            + width + "; take another precision",
                    Place.UNKNOWN);
        }
    }

    /**
     * How far weights are from those of the files, by tensor: the largest difference, the largest weight, the sums of the squares of both; zeros
     * for tensors that were kept. Forgets it.
     */
    public double[] roundings(List<String> tensors) {
        IValue[] names = tensors.stream().map(IValue::from).toArray(IValue[]::new);
        try (PtNDArray figures = program.tensor("roundings", IValue.listFrom(names))) {
            return figures.toDoubleArray();
        } finally {
            Arrays.stream(names).forEach(IValue::close);
        }
    }

    private void configure(ModelConfig config) {
        ModelConfig.Attention attention = config.attention();
        ModelConfig.Positions positions = attention.positions();
        Map<String, IValue> numbers = new LinkedHashMap<>();
        numbers.put("heads", IValue.from((double) attention.heads()));
        numbers.put("groups", IValue.from((double) attention.groups()));
        numbers.put("size", IValue.from((double) attention.headSize()));
        numbers.put("rotated", IValue.from((double) positions.rotated()));
        numbers.put("interleaved", IValue.from(positions.interleaved() ? 1.0 : 0.0));
        numbers.put("attention_scale", IValue.from(attention.scale()));
        numbers.put("attention_cap", IValue.from(attention.cap()));
        numbers.put("head_norm", IValue.from(attention.headNorm() == ModelConfig.HeadNorm.NONE ? 0.0 : 1.0));
        numbers.put("wide_norm", IValue.from(attention.headNorm() == ModelConfig.HeadNorm.WIDE ? 1.0 : 0.0));
        numbers.put("eps", IValue.from(config.norms().epsilon()));
        numbers.put("norm_offset", IValue.from(config.norms().offset()));
        numbers.put("gelu", IValue.from(config.gelu() ? 1.0 : 0.0));
        numbers.put("embedding_scale", IValue.from(config.factors().embedding()));
        numbers.put("residual_scale", IValue.from(config.factors().residual()));
        numbers.put("logit_scale", IValue.from(config.factors().logits()));
        numbers.put("logit_cap", IValue.from(config.factors().logitCap()));
        program.run(
                "configure",
                IValue.stringIValueMapFrom(numbers),
                IValue.listFrom(all(positions, RotaryEmbedding::frequencies)),
                IValue.listFrom(all(positions, RotaryEmbedding::lengths)),
                IValue.listFrom(longs(positions.table())),
                IValue.listFrom(longs(attention.window())));
    }

    private static double[] all(ModelConfig.Positions positions, Function<RotaryEmbedding, double[]> part) {
        return Arrays.stream(positions.tables())
                .flatMapToDouble(table -> Arrays.stream(part.apply(table)))
                .toArray();
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    /** Sets the size of the pool of cache rows, whose contents stay. */
    @Override
    public void reserve(int rows) {
        program.run("reserve", IValue.from((long) rows));
    }

    /** Copies cache rows; the ranges must not overlap. */
    @Override
    public void copy(int source, int target, int length) {
        program.run("copy", IValue.from((long) source), IValue.from((long) target), IValue.from((long) length));
    }

    /**
     * One forward pass; the caller closes the result.
     *
     * @param ids the new tokens of all sequences, one sequence after the other
     * @param parents if those of each sequence are a tree, the index of the one before each, or -1; empty if each follows the last
     * @param rows where the rows of the sequences are
     * @param padded whether to gather all own rows to one length; every sequence then has one new token
     * @param every whether to return logits after every new token instead of only the last of each sequence
     * @return logits [sequences or new tokens, vocabulary] as 32-bit floats on the device
     */
    public PtNDArray forward(long[] ids, long[] parents, PassRows rows, boolean padded, boolean every) {
        return program.tensor(
                "forward",
                IValue.listFrom(ids),
                IValue.listFrom(rows.starts()),
                IValue.listFrom(rows.begins()),
                IValue.listFrom(rows.counts()),
                IValue.listFrom(rows.lengths()),
                IValue.listFrom(rows.shared()),
                IValue.listFrom(parents),
                IValue.from(padded),
                IValue.from(every));
    }

    /**
     * One forward pass over a sequence in which every token attends to all; the caller closes the result. No cache is used.
     *
     * @param ids the tokens
     * @param rows the indices of the tokens whose logits are returned
     * @return logits [rows, vocabulary] as 32-bit floats on the device
     */
    public PtNDArray canvas(long[] ids, long[] rows) {
        return program.tensor("canvas", IValue.listFrom(ids), IValue.listFrom(rows));
    }

    /**
     * Finds out why a pass gave logits that are not finite. Cost: a pass over the weights, and the forward pass once more.
     *
     * @param pass the pass; null if it cannot be repeated, since its sequences have changed
     * @return the failure, which names file and tensor
     */
    public ModelException fault(@Nullable Supplier<PtNDArray> pass) {
        return fault.find(pass == null ? null : () -> pass.get().close());
    }

    /** The number of results of passes that are not closed. */
    public int tensors() {
        return program.tensors();
    }

    @Override
    public void close() {
        program.close();
    }
}
