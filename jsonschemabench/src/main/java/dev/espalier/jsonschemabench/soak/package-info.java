/** Many thousand different schemas through one compiler, as in a server that never ends: memory and time must stay flat. */
@NullMarked
package dev.espalier.jsonschemabench.soak;

import org.jspecify.annotations.NullMarked;
