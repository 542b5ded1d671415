/** A model and a matcher become tokens: masked decoding, streams, budgets, batches. */
@NullMarked
package dev.espalier.sampler;

import org.jspecify.annotations.NullMarked;
