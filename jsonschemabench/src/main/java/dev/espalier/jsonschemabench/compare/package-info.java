/** Results of several engines, or several settings of one, side by side. */
@NullMarked
package dev.espalier.jsonschemabench.compare;

import org.jspecify.annotations.NullMarked;
