/** Text into tokens, by the tokenizers that models have: byte-pair encoding, SentencePiece, WordPiece, tiktoken. */
@NullMarked
package dev.espalier.mask.encoder;

import org.jspecify.annotations.NullMarked;
