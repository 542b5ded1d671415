// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

/**
 * The settings under which a TorchScript program runs.
 *
 * @param device the device as PyTorch calls it, such as {@code cpu} or {@code cuda:0}
 * @param cuda whether the device is a GPU
 * @param precision the form of the weights, and with it the type that programs compute in
 * @param threads the threads of one CPU operation; 0 for the machine's physical cores
 */
public record TorchSettings(String device, boolean cuda, WeightForm precision, int threads) {

    /** These settings with another number of threads. */
    public TorchSettings withThreads(int value) {
        return new TorchSettings(device, cuda, precision, value);
    }
}
