/** What the constraint costs, and saves, from end to end: time per token and per text with and without it. */
@NullMarked
package dev.espalier.jsonschemabench.endtoend;

import org.jspecify.annotations.NullMarked;
