/** All samplers of whole texts with their usual settings, and which one to take. */
@NullMarked
package dev.espalier.sampler.sequence.catalogue;

import org.jspecify.annotations.NullMarked;
