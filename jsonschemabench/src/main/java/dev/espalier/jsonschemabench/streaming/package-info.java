/** How fast values are followed while they are written: {@code bench stream}. */
@NullMarked
package dev.espalier.jsonschemabench.streaming;

import org.jspecify.annotations.NullMarked;
