// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.split;

import dev.espalier.core.collect.IntList;

/** What becomes of the matches of a pattern and of the text between them. */
public enum SplitBehavior {

    /** Matches are parts of their own. */
    ISOLATED {
        @Override
        void add(IntList parts, int from, int to, boolean match, boolean previous) {
            part(parts, from, to);
        }
    },

    /** Matches are left out. */
    REMOVED {
        @Override
        void add(IntList parts, int from, int to, boolean match, boolean previous) {
            if (!match) {
                part(parts, from, to);
            }
        }
    },

    /** A match belongs to the part before it, unless that ends with a match. */
    MERGED_WITH_PREVIOUS {
        @Override
        void add(IntList parts, int from, int to, boolean match, boolean previous) {
            if (match && !previous && parts.size() > 0) {
                parts.set(parts.size() - 1, to);
            } else {
                part(parts, from, to);
            }
        }
    },

    /** A match belongs to the part behind it, unless that begins with a match. */
    MERGED_WITH_NEXT {
        @Override
        void add(IntList parts, int from, int to, boolean match, boolean previous) {
            if (previous && !match) {
                parts.set(parts.size() - 1, to);
            } else {
                part(parts, from, to);
            }
        }
    },

    /** Matches that touch are one part. */
    CONTIGUOUS {
        @Override
        void add(IntList parts, int from, int to, boolean match, boolean previous) {
            if (match == previous && parts.size() > 0) {
                parts.set(parts.size() - 1, to);
            } else {
                part(parts, from, to);
            }
        }
    };

    /**
     * Adds what is next in a text to its parts.
     *
     * @param parts the bounds of the parts so far
     * @param match whether it is a match
     * @param previous whether what came before it is one
     */
    abstract void add(IntList parts, int from, int to, boolean match, boolean previous);

    private static void part(IntList parts, int from, int to) {
        parts.add(from);
        parts.add(to);
    }
}
