// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ReadTree;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.TreeStep;
import java.util.List;

/** A tree whose nodes are in the rows behind a session, in their order. */
final class PyTorchTree implements ReadTree {

    private final PyTorchSession session;
    private final TreeStep step;
    private final List<Logits> logits;
    private boolean kept;

    PyTorchTree(PyTorchSession session, TreeStep step, List<Logits> logits) {
        this.session = session;
        this.step = step;
        this.logits = List.copyOf(logits);
    }

    @Override
    public List<Logits> logits() {
        return logits;
    }

    @Override
    public Session keep(int node) {
        if (node < -1 || node >= step.size()) {
            throw new ModelException("a tree of " + step.size() + " nodes has no node " + node);
        }
        if (kept) {
            throw new ModelException("a path of this tree was kept before");
        }
        kept = true;
        int[] path = new int[step.depth(node)];
        for (int at = node, place = path.length; at >= 0; at = step.parents()[at]) {
            path[--place] = at;
        }
        session.model.keep(session, path);
        return session;
    }
}
