/** Figures of single masks and of the store of masks, for those who measure. */
@NullMarked
package dev.espalier.mask.stats;

import org.jspecify.annotations.NullMarked;
