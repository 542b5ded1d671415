/** Small benchmarks by JMH: one mask, one token, one compilation at a time. */
@NullMarked
package dev.espalier.jsonschemabench.micro;

import org.jspecify.annotations.NullMarked;
