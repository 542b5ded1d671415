// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.sampler.constraint.PreparedMask;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A draft that is being made: nodes are added as far as the constraint allows them. */
final class DraftTree {

    private final TokenConstraint root;
    private final IntList tokens = new IntList();
    private final IntList parents = new IntList();
    private final List<TokenConstraint> places = new ArrayList<>();
    private final List<@Nullable PreparedMask> masks = new ArrayList<>();

    /** No node yet, after a place that is left as it is. */
    DraftTree(TokenConstraint root) {
        this.root = root;
        masks.add(null);
    }

    int size() {
        return tokens.size();
    }

    /** The constraint at a node, or -1 for where the draft begins; not to be moved. */
    TokenConstraint place(int node) {
        return node < 0 ? root : places.get(node);
    }

    /** Adds a node; whether the constraint allows it, and does not end with it. */
    boolean add(int parent, int token) {
        TokenConstraint place = place(parent).fork();
        try {
            place.accept(token);
        } catch (InvalidTokenException refused) {
            return false;
        }
        if (place.isTerminated()) {
            return false;
        }
        tokens.add(token);
        parents.add(parent);
        places.add(place);
        masks.add(null);
        return true;
    }

    /** Adds nodes one after the other behind the latest as far as they are allowed; how many that were. */
    int addAll(int[] row, int most) {
        int count = 0;
        while (count < Math.min(most, row.length) && add(size() - 1, row[count])) {
            count++;
        }
        return count;
    }

    /** Notes the mask at a node, or -1 for where the draft begins. */
    void know(int node, PreparedMask mask) {
        masks.set(node + 1, mask);
    }

    /** What came of it. */
    Draft draft(DraftLength length) {
        return size() == 0 ? Draft.NONE : new Draft(tokens.toArray(), parents.toArray(), places, masks, length);
    }
}
