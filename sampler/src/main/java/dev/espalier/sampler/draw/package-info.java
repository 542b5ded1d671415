/** Draws of a token under a mask, with temperature and filters. */
@NullMarked
package dev.espalier.sampler.draw;

import org.jspecify.annotations.NullMarked;
