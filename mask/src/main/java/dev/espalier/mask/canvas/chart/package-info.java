/** The tokens that each slot may hold: by sets of stacks, forwards and backwards, or by tabulation, which is slower and takes every canvas. */
@NullMarked
package dev.espalier.mask.canvas.chart;

import org.jspecify.annotations.NullMarked;
