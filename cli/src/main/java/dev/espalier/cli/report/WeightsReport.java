// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.backends.LoadReport;
import dev.espalier.backends.LoadReport.Fate;
import dev.espalier.cli.console.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What loading did to the weights of a model, as text and as JSON. */
public final class WeightsReport {

    private WeightsReport() {}

    /** Prints a line for all weights and one for each type of the files, form in memory and fate, to standard error. */
    public static void print(LoadReport report, Console console) {
        console.err().println("weights in " + report);
        Map<String, List<LoadReport.Tensor>> kinds = report.tensors().stream()
                .collect(Collectors.groupingBy(WeightsReport::kind, LinkedHashMap::new, Collectors.toList()));
        kinds.forEach((kind, tensors) -> {
            long bytes = tensors.stream().mapToLong(LoadReport.Tensor::bytes).sum();
            double largest = tensors.stream()
                    .mapToDouble(LoadReport.Tensor::largest)
                    .max()
                    .orElse(0);
            console.err()
                    .println(String.format(
                            Locale.ROOT,
                            "  %s: %d tensors, %.1f MB, %.2f %%",
                            kind,
                            tensors.size(),
                            bytes / 1e6,
                            100 * largest));
        });
    }

    private static String kind(LoadReport.Tensor tensor) {
        return tensor.stored() + " as " + OutcomeJson.spelt(tensor.memory()) + ", " + OutcomeJson.spelt(tensor.fate());
    }

    /** One object: the precision, counts of tensors by their fate, bytes, the largest difference as a share. */
    public static ObjectNode json(LoadReport report) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("precision", OutcomeJson.spelt(report.precision())).put("bytes", report.bytes());
        ObjectNode tensors = object.putObject("tensors");
        for (Fate fate : Fate.values()) {
            tensors.put(OutcomeJson.spelt(fate), report.tensors(fate).size());
        }
        return object.put("largestDifference", report.largest());
    }
}
