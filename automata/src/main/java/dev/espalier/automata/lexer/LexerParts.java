// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a lexer does not cut: special tokens, and frames such as schemas. A part may come where the lexer's mode has it. Nothing is forbidden behind it, so that it ends where
 * its frame may end; what else the lexer could make of its first bytes is refused. Immutable.
 */
public final class LexerParts {

    private final LexerTable lexer;
    private final List<Part> parts;

    /**
     * A part in one mode.
     *
     * @param name how it is called in messages
     * @param kind the number of the token's name
     * @param mode the mode that has it
     * @param next the mode behind it
     * @param symbol the special token; or below 0, {@code -1} minus the number of a frame
     * @param first the bytes that a frame begins with; empty for special tokens
     * @param behind bytes that a frame may read on with where it may end, so that none of them may follow
     */
    public record Part(String name, int kind, int mode, int next, int symbol, BitSet first, BitSet behind) {}

    /**
     * The parts of a lexer.
     *
     * @throws UnsupportedFeatureException if a token of the same mode may begin as a part does, or one behind it as it may go on
     */
    public LexerParts(LexerTable lexer, List<Part> parts) {
        this.lexer = lexer;
        this.parts = List.copyOf(parts);
        for (Part part : parts) {
            if (meets(part.mode, part.first)) {
                throw refusal(part, "begins like a terminal that may come in its place");
            }
            boolean goesOn = meets(part.next, part.behind)
                    || parts.stream().anyMatch(other -> other.mode == part.next && part.behind.intersects(other.first));
            if (goesOn) {
                throw refusal(part, "may end where what follows could be more of it");
            }
        }
    }

    private static UnsupportedFeatureException refusal(Part part, String why) {
        return new UnsupportedFeatureException(part.name, "\"" + part.name + "\" " + why, Place.UNKNOWN);
    }

    /** Whether a token of a mode begins with one of some bytes. */
    private boolean meets(int mode, BitSet bytes) {
        return ranges(bytes).anyMatch(range -> lexer.next(lexer.start(mode, 0), range) >= 0);
    }

    private IntStream ranges(BitSet bytes) {
        return IntStream.range(0, lexer.ranges()).filter(range -> {
            int found = bytes.nextSetBit(lexer.low(range));
            return found >= 0 && found <= lexer.high(range);
        });
    }

    /** The texts of a kind of parts behind a boundary. */
    TokenText text(Boundaries boundaries, int boundary, int kind) {
        List<TokenText.Edge> begins = new ArrayList<>();
        List<List<TokenText.Edge>> edges = new ArrayList<>(List.of(begins));
        List<BitSet> ends = new ArrayList<>(List.of(new BitSet()));
        boolean isBound = false;
        for (Part part : parts) {
            if (part.kind == kind && part.mode == boundaries.mode(boundary)) {
                boolean isForbidden = isForbidden(boundaries, boundary, part);
                isBound |= isForbidden;
                if (!isForbidden) {
                    BitSet end = new BitSet();
                    end.set(boundaries.of(part.next));
                    begins.add(new TokenText.Edge(part.symbol, part.symbol, edges.size()));
                    edges.add(List.of());
                    ends.add(end);
                }
            }
        }
        return TokenText.of(edges, ends, isBound);
    }

    /** Whether a kind is one of parts. */
    boolean has(int kind) {
        return parts.stream().anyMatch(part -> part.kind == kind);
    }

    /** Whether what came before a boundary would have been longer with the first byte of a frame. */
    private boolean isForbidden(Boundaries boundaries, int boundary, Part part) {
        int[] behind = ranges(part.first)
                .map(range -> boundaries.after(boundary, range))
                .distinct()
                .toArray();
        if (behind.length == 1 && behind[0] == Boundaries.BROKEN) {
            return true;
        }
        for (int after : behind) {
            if (after == Boundaries.BROKEN || boundaries.free(after) != after) {
                throw refusal(part, "may be more of the terminal before it");
            }
        }
        return false;
    }
}
