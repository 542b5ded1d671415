// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.core.error.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The device on which a model computes: the CPU, or a GPU with CUDA.
 *
 * @param cuda whether it is a GPU
 * @param index the GPU's number, from 0; 0 for the CPU
 */
public record ComputeDevice(boolean cuda, int index) {

    /** The CPU. */
    public static final ComputeDevice CPU = new ComputeDevice(false, 0);

    private static final Pattern CUDA = Pattern.compile("cuda(?::([0-9]{1,3}))?");

    /**
     * Reads {@code cpu}, {@code cuda} or {@code cuda:1}.
     *
     * @throws InvalidInputException if the text is none of these
     */
    public static ComputeDevice parse(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        Matcher matcher = CUDA.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException("expected a device as cpu, cuda or cuda:1, but got " + text);
        }
        String number = matcher.group(1);
        return new ComputeDevice(true, number == null ? 0 : Integer.parseInt(number));
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return cuda ? "cuda:" + index : "cpu";
    }
}
