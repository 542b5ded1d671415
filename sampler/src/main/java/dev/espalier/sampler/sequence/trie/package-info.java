/** Samplers that learn from every text which beginnings fail, in a trie: rejection, ASAp, approximately aligned decoding. */
@NullMarked
package dev.espalier.sampler.sequence.trie;

import org.jspecify.annotations.NullMarked;
