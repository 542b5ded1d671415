/** What drafts save: accepted tokens a pass, and speed, by their kind, length and the number of texts: {@code bench drafts}. */
@NullMarked
package dev.espalier.jsonschemabench.drafts;

import org.jspecify.annotations.NullMarked;
