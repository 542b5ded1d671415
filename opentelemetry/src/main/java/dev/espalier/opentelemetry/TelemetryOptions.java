// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import java.util.Objects;

/**
 * What telemetry tells. Immutable; start from {@link #DEFAULT}.
 *
 * @param names names of the conventions
 * @param texts whether spans have messages, answers, tools and messages of errors, which may be private
 */
public record TelemetryOptions(ConventionNames names, boolean texts) {

    /** The latest names, no texts. */
    public static final TelemetryOptions DEFAULT = new TelemetryOptions(ConventionNames.LATEST, false);

    /** Checks that nothing is null. */
    public TelemetryOptions {
        Objects.requireNonNull(names, "names");
    }

    /** These options with other names. */
    public TelemetryOptions with(ConventionNames other) {
        return new TelemetryOptions(other, texts);
    }

    /** These options with or without texts. */
    public TelemetryOptions withTexts(boolean value) {
        return new TelemetryOptions(names, value);
    }
}
