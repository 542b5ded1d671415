// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
        assertTrue(report.isExact());
        assertEquals(Precision.FLOAT32, report.precision());
        assertEquals(
                4
                        * report.tensors().stream()
                                .mapToLong(LoadReport.Tensor::weights)
                                .sum(),
                report.bytes());
        assertTrue(report.toString().endsWith(": " + report.tensors().size() + " tensors kept"), report.toString());
    }

    @Test
    void oneLineCountsTheTensorsOfEachFate() {
        LoadReport report = new LoadReport(
                Precision.INT4,
                List.of(
                        new LoadReport.Tensor("a", "Q4_1", Precision.INT4, 64, 40, true, 0.001, 0.0005),
                        new LoadReport.Tensor("b", "Q6_K", Precision.INT8, 64, 66, false, 0.0039, 0.002),
                        new LoadReport.Tensor("c", "F32", Precision.BFLOAT16, 8, 16, false, 0, 0)));
        assertEquals(
                "int4, 1 MB: 1 tensors kept, of 1 the codes kept and the scales rounded, 1 rounded, by at most 0.39 % of their"
                        + " largest weight",
                report.toString());
        assertEquals(0.0039, report.largest());
        assertEquals(122, report.bytes());
    }

    @Test
    void differencesOfRoundedWeightsAreWithinHalfAStep() {
        for (LoadReport.Tensor tensor : report(Precision.INT4).tensors()) {
            boolean isMatrix = tensor.memory() != Precision.BFLOAT16;
            double most = tensor.memory() == Precision.INT4 ? 1 / 15.0 : isMatrix ? 0.5 / 127 : 0;
            assertTrue(tensor.largest() <= 1.02 * most + 1.0 / 256, tensor.toString());
            assertEquals(LoadReport.Fate.ROUNDED, tensor.fate(), tensor.toString());
            assertTrue(tensor.rootMeanSquare() <= 0.15, tensor.toString());
        }
    }
}
