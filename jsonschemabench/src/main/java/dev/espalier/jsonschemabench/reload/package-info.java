/** What loading a model and breaking off what it writes leave behind: {@code bench reload}. */
@NullMarked
package dev.espalier.jsonschemabench.reload;

import org.jspecify.annotations.NullMarked;
