/** Metrics of answers, by Micrometer. */
@NullMarked
package dev.espalier.micrometer;

import org.jspecify.annotations.NullMarked;
