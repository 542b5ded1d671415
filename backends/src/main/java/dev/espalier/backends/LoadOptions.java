// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.torch.ProcessorFeatures;
import dev.espalier.backends.torch.TorchSettings;
import dev.espalier.core.error.InvalidInputException;

/**
 * The options for loading a model. Immutable; start from {@link #DEFAULT} and change it with the {@code with} methods.
 *
 * @param device the device on which it computes
 * @param precision the type in which it computes
 * @param threads the threads of one CPU operation; 0 takes one thread for models below 50 million parameters, whose operations are too small
 *     to split, and otherwise one for each physical core. More threads than free cores make a model many times slower
 * @param contextLength the most tokens of a session, if below the model's own limit; 0 takes the model's own
 */
public record LoadOptions(ComputeDevice device, Precision precision, int threads, int contextLength) {

    /** The number of weights below which a model runs on one thread, in 32-bit floats, by default. */
    private static final long SMALL = 50_000_000;

    /** The CPU, the precision and the threads that suit the model, the model's own context length. */
    public static final LoadOptions DEFAULT = new LoadOptions(ComputeDevice.CPU, Precision.AUTO, 0, 0);

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a number is negative or there are more than 1024 threads
     */
    public LoadOptions {
        if (threads < 0 || threads > 1024) {
            throw new InvalidInputException("threads must be 0 to 1024, but was " + threads);
        }
        if (contextLength < 0) {
            throw new InvalidInputException("contextLength must be ≥ 0, but was " + contextLength);
        }
    }

    /** These options with another device. */
    public LoadOptions withDevice(ComputeDevice value) {
        return new LoadOptions(value, precision, threads, contextLength);
    }

    /** These options with another precision. */
    public LoadOptions withPrecision(Precision value) {
        return new LoadOptions(device, value, threads, contextLength);
    }

    /** These options with another number of threads; 0 takes the number that suits the model. */
    public LoadOptions withThreads(int value) {
        return new LoadOptions(device, precision, value, contextLength);
    }

    /** These options with another bound on the tokens of a session; 0 takes the model's own. */
    public LoadOptions withContextLength(int value) {
        return new LoadOptions(device, precision, threads, value);
    }

    /** These options for PyTorch and a program that brings its own weights. */
    TorchSettings torch() {
        return new TorchSettings(device.toString(), device.cuda(), precision.form(device, Precision.FLOAT32), threads);
    }

    /** These options for PyTorch and a model. */
    TorchSettings torch(Checkpoint checkpoint) {
        boolean small = checkpoint.parameters() < SMALL;
        boolean isExact = small || !ProcessorFeatures.multipliesBrainFloats();
        Precision automatic = isExact ? Precision.FLOAT32 : suiting(checkpoint);
        int most = small && threads == 0 ? 1 : threads;
        return new TorchSettings(device.toString(), device.cuda(), precision.form(device, automatic), most);
    }

    /** The precision of a large model on a processor that is fast in "brain" floats. */
    static Precision suiting(Checkpoint checkpoint) {
        if (checkpoint.hasFourBitCodes()) {
            return Precision.INT4;
        }
        return checkpoint.isMostly(tensor -> !tensor.isFloat() || tensor.type().equals("BF16"))
                ? Precision.BFLOAT16
                : Precision.FLOAT32;
    }
}
