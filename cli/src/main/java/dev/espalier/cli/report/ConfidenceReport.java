// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.cli.console.Console;
import dev.espalier.confidence.Confidence;
import dev.espalier.confidence.ValueProbability;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How sure a model was of each field of a text, as text and as JSON. */
public final class ConfidenceReport {

    /** Places of probabilities. */
    private static final int PLACES = 3;

    private static final String NOTHING = rounded(0);

    private ConfidenceReport() {}

    /** Prints a line for each field, with its value and the alternatives that are not 0 in the places shown, to standard error. */
    public static void print(List<Confidence> confidences, Console console) {
        for (Confidence confidence : confidences) {
            StringBuilder line =
                    new StringBuilder(place(confidence)).append(": ").append(said(confidence.value()));
            for (ValueProbability other : confidence.alternatives()) {
                if (!rounded(other.upper()).equals(NOTHING)) {
                    line.append("; ").append(said(other));
                }
            }
            if (!rounded(confidence.unseen()).equals(NOTHING)) {
                line.append("; not seen ").append(rounded(confidence.unseen()));
            }
            console.err().println(line);
        }
    }

    private static String place(Confidence confidence) {
        String pointer = confidence.pointer().isEmpty() ? "whole" : confidence.pointer();
        return confidence.isKey() ? "key of " + pointer : pointer;
    }

    /** A value and its probability; both bounds where they differ in the places that are shown. */
    private static String said(ValueProbability value) {
        String lower = rounded(value.lower());
        String upper = rounded(value.upper());
        return value.text() + " " + lower + (lower.equals(upper) ? "" : " to " + upper);
    }

    private static String rounded(double probability) {
        return String.format(Locale.ROOT, "%." + PLACES + "f", probability);
    }

    /** An array with an object for each field. */
    public static ArrayNode json(List<Confidence> confidences) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Confidence confidence : confidences) {
            ObjectNode object =
                    array.addObject().put("pointer", confidence.pointer()).put("key", confidence.isKey());
            put(object, confidence.value());
            ArrayNode alternatives = object.putArray("alternatives");
            confidence.alternatives().forEach(other -> put(alternatives.addObject(), other));
            object.put("unseen", confidence.unseen()).put("prefixes", confidence.prefixes());
        }
        return array;
    }

    private static void put(ObjectNode object, ValueProbability value) {
        object.put("text", value.text()).put("lower", value.lower()).put("upper", value.upper());
    }
}
