// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.drafts;

import java.util.ArrayList;
import java.util.List;

/**
 * A way of decoding.
 *
 * @param kind where drafts come from
 * @param length the most tokens of one; 0 for decoding without drafts
 */
record DraftWay(DraftKind kind, int length) {

    /** Decoding without drafts, and each kind with each length. */
    static List<DraftWay> all(List<DraftKind> kinds, List<Integer> lengths) {
        List<DraftWay> ways = new ArrayList<>();
        ways.add(new DraftWay(DraftKind.PROMPT, 0));
        for (DraftKind kind : kinds) {
            lengths.stream().filter(length -> length > 0).forEach(length -> ways.add(new DraftWay(kind, length)));
        }
        return ways;
    }
}
