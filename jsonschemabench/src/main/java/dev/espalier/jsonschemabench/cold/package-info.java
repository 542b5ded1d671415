/** {@code bench cold}: what the first masks of a fresh Java machine take, with and without prepared files. */
@NullMarked
package dev.espalier.jsonschemabench.cold;

import org.jspecify.annotations.NullMarked;
