/** Metrics and spans of answers, by OpenTelemetry. */
@NullMarked
package dev.espalier.opentelemetry;

import org.jspecify.annotations.NullMarked;
