// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.split;

/** Puts a space before text that does not begin with one. */
public record PrefixSpace() implements PreTokenizer {

    @Override
    public Pieces into(Pieces next, boolean atStart) {
        return (text, from, to) -> {
            if (text.charAt(from) == ' ') {
                next.accept(text, from, to);
            } else {
                String spaced = " " + text.substring(from, to);
                next.accept(spaced, 0, spaced.length());
            }
        };
    }
}
