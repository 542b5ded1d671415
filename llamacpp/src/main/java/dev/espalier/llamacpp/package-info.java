/** Models that llama.cpp computes, as language models under masks. */
@NullMarked
package dev.espalier.llamacpp;

import org.jspecify.annotations.NullMarked;
