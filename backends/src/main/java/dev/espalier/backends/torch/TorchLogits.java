// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.law.Choice;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** A row of logits that stays on the device until it is read. */
final class TorchLogits implements Logits {

    private final DeviceRows rows;
    private final int row;

    TorchLogits(DeviceRows rows, int row) {
        this.rows = rows;
        this.row = row;
    }

    @Override
    public int size() {
        return rows.width();
    }

    @Override
    public float[] toArray() {
        return rows.row(row);
    }

    @Override
    public Optional<Choice> sample(long[] mask, SamplingParameters parameters, DoubleSupplier uniform) {
        if (mask.length != (size() + 63) >> 6) {
            throw new ModelException("expected a mask of " + ((size() + 63) >> 6) + " words, but got " + mask.length);
        }
        return Optional.of(rows.sample(row, mask, parameters, uniform));
    }
}
