/** Calls of many tools, from the tools to the masks of each token: {@code bench tools}. */
@NullMarked
package dev.espalier.jsonschemabench.tools;

import org.jspecify.annotations.NullMarked;
