// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.ModelException;
import java.util.List;

/**
 * A {@linkplain TreeStep tree of tokens} that a model has read behind a session. The session can be used again when one path of the tree is
 * {@linkplain #keep kept}; until then it takes no part in other passes. Used by the thread that runs the model.
 */
public interface ReadTree {

    /** The logits after each node; valid as those of {@link LanguageModel#forward}. */
    List<Logits> logits();

    /**
     * Keeps the tokens on the way to a node and forgets the rest. To be called once, also where the tree is of no use any more.
     *
     * @param node a node of the tree, or -1 for the session as it was before
     * @return the session that holds them: the one that was given, or another one in its place, which is closed then
     * @throws ModelException if there is no such node, or a path was kept before
     */
    Session keep(int node);
}
