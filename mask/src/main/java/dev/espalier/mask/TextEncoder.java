package dev.espalier.mask;

/** The canonical tokenizer of a model. Thread-safe. */
public interface TextEncoder {

    /** The canonical tokens of a text; no special tokens are added. Cost: linear in the text. */
    int[] encode(String text);
}
