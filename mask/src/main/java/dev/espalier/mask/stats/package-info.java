/** What masks took to make, and what the store of masks did: for whoever looks. */
@NullMarked
package dev.espalier.mask.stats;

import org.jspecify.annotations.NullMarked;
