// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/**
 * How much memory loading takes at its peak, of the model that the variable {@code ESPALIER_GGUF} names. Each precision is measured in a process of
 * its own, whose Java heap is resident from the start.
 */
class PublishedPeakTest {

    private static final String VARIABLE = "ESPALIER_GGUF";

    /** Bytes that the process takes meanwhile for other things, such as compiled code. */
    private static final long OTHERS = 32 << 20;

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16", "INT8", "INT4"})
    void loadingTakesTheWeightsAndTwiceTheLargestTensor(Precision precision, TestReporter reporter)
            throws IOException, InterruptedException {
        String name = System.getenv(VARIABLE);
        if (name == null || Memory.resident() == 0) {
            throw new TestAbortedException(VARIABLE + " is not set, or the system does not tell");
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms384m",
                        "-Xmx384m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishedPeakTest.class.getName(),
                        name,
                        precision.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String[] told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ");
        assertEquals(0, process.waitFor());
        long peak = Long.parseLong(told[0]);
        long weights = Long.parseLong(told[1]);
        long largest = Long.parseLong(told[2]);
        String figures = "%s: %d MB at the peak, weights of %d MB, the largest tensor %d MB"
                .formatted(precision, peak / 1_000_000, weights / 1_000_000, largest / 1_000_000);
        reporter.publishEntry("loading", figures);
        assertTrue(peak > weights / 2 && peak <= weights + 2 * largest + OTHERS, figures);
    }

    /** Loads the file in the precision, and prints the bytes of the peak, of the weights and of the largest tensor. */
    public static void main(String[] arguments) throws IOException {
        LoadOptions options = LoadOptions.DEFAULT.withThreads(1);
        PyTorchModel.load(Family.of("llama2").files(), "small", options).close(); // PyTorch is there
        System.gc();
        Memory.forgetPeak();
        long before = Memory.resident();
        options = options.withPrecision(Precision.valueOf(arguments[1]));
        try (PyTorchModel model = PyTorchModel.load(Path.of(arguments[0]), options)) {
            long peak = Memory.peak() - before;
            LoadReport report = model.report();
            long largest = report.tensors().stream()
                    .mapToLong(LoadReport.Tensor::bytes)
                    .max()
                    .orElseThrow();
            System.out.println(peak + " " + report.bytes() + " " + largest);
        }
    }
}
