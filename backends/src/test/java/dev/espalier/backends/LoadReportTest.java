// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is said of weights that were kept, and of those that were rounded. */
class LoadReportTest {

    private static LoadReport report(Precision precision) {
        LoadOptions options = LoadOptions.DEFAULT.withThreads(1).withPrecision(precision);
        try (PyTorchModel model = PyTorchModel.load(Family.of("llama-wide").files(), "wide", options)) {
            return model.report();
        }
    }

    @Test
    void weightsIn32BitsAreKept() {
        LoadReport report = report(Precision.FLOAT32);
        assertTrue(report.tensors().stream().allMatch(LoadReport.Tensor::isKept));
        assertEquals(4 * report.tensors().stream().mapToLong(LoadReport.Tensor::weights).sum(), report.bytes());
        assertTrue(report.toString().endsWith(": " + report.tensors().size() + " kept"), report.toString());
    }

    @Test
    void differencesOfRoundedWeightsAreWithinHalfAStep() {
        for (LoadReport.Tensor tensor : report(Precision.INT4).tensors()) {
            boolean isMatrix = tensor.memory() != Precision.BFLOAT16;
            double most = tensor.memory() == Precision.INT4 ? 1 / 15.0 : isMatrix ? 0.5 / 127 : 0;
            assertTrue(tensor.largest() <= 1.02 * most + 1.0 / 256, tensor.toString());
            assertTrue(!tensor.isKept(), tensor.toString());
            assertTrue(tensor.rootMeanSquare() <= 0.15, tensor.toString());
        }
    }
}
