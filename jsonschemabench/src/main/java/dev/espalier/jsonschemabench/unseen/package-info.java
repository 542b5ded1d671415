/** Inputs that nobody has seen: tried in machines of their own, what goes wrong made small, all reported. */
@NullMarked
package dev.espalier.jsonschemabench.unseen;

import org.jspecify.annotations.NullMarked;
