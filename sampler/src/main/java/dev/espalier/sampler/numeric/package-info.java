/** Numbers of samplers: exponentials, logarithmic weights, ranges of parameters. */
@NullMarked
package dev.espalier.sampler.numeric;

import org.jspecify.annotations.NullMarked;
