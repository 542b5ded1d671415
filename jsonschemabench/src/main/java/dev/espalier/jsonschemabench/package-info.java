/** The harness: mask benchmarks over schema corpora, and reports. */
@NullMarked
package dev.espalier.jsonschemabench;

import org.jspecify.annotations.NullMarked;
