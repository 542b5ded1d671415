/** One input tried in a Java machine of its own: compiled, walked, interrupted, judged; and what went wrong. */
@NullMarked
package dev.espalier.jsonschemabench.unseen.trial;

import org.jspecify.annotations.NullMarked;
