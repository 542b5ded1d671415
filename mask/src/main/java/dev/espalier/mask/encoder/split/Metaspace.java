// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.split;

import java.util.Optional;

/**
 * SentencePiece's way with spaces: each becomes a mark, usually {@code ▁}, and one is put before the text.
 *
 * @param mark the mark
 * @param prepend where a mark is put before text that does not begin with one
 * @param split cuts before each mark; empty to leave the text whole
 */
public record Metaspace(String mark, Prepend prepend, Optional<PreTokenizer> split) implements PreTokenizer {

    /** Where a mark is put. */
    public enum Prepend {
        FIRST,
        NEVER,
        ALWAYS
    }

    @Override
    public Pieces into(Pieces next, boolean atStart) {
        Pieces parts = split.isEmpty() ? next : split.get().into(next, atStart);
        return (text, from, to) -> {
            boolean isDue = prepend == Prepend.ALWAYS || (prepend == Prepend.FIRST && atStart && from == 0);
            String marked = text.substring(from, to).replace(" ", mark);
            String whole = isDue && !marked.startsWith(mark) ? mark + marked : marked;
            parts.accept(whole, 0, whole.length());
        };
    }
}
