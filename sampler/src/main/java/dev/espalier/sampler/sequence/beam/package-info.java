// SPDX-License-Identifier: Apache-2.0
/** The likeliest texts of a model and a language. */
@NullMarked
package dev.espalier.sampler.sequence.beam;

import org.jspecify.annotations.NullMarked;
