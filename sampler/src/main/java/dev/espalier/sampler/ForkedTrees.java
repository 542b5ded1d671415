// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trees that are read by copies of sessions, for any model. A tree is cut into its stretches without branches: of those that follow a node the first is read by
 * the session itself, the others by copies. Stretches at the same level share a pass, so that there are as many passes as the tree has branchings one after the other,
 * and one more.
 */
final class ForkedTrees {

    private final LanguageModel model;
    private final List<Tree> trees = new ArrayList<>();

    private ForkedTrees(LanguageModel model, List<TreeStep> batch) {
        this.model = model;
        batch.forEach(step -> trees.add(new Tree(step)));
    }

    /** Reads trees; as {@link LanguageModel#forwardTree}. */
    static List<ReadTree> read(LanguageModel model, List<TreeStep> batch) {
        if (batch.isEmpty()) {
            throw new ModelException("a forward pass needs at least one session");
        }
        ForkedTrees reading = new ForkedTrees(model, batch);
        try {
            int levels = reading.trees.stream().mapToInt(Tree::levels).max().orElse(0);
            for (int level = 0; level < levels; level++) {
                reading.readLevel(level, level + 1 < levels);
            }
        } catch (RuntimeException | OutOfMemoryError failure) {
            reading.trees.forEach(Tree::closeCopies);
            throw failure;
        }
        return List.copyOf(reading.trees);
    }

    private void readLevel(int level, boolean more) {
        List<Step> steps = new ArrayList<>();
        List<Tree> readers = new ArrayList<>();
        List<Stretch> stretches = new ArrayList<>();
        for (Tree tree : trees) {
            for (Stretch stretch : tree.level(level)) {
                steps.add(Step.of(tree.session(stretch), tree.tokens(stretch)));
                readers.add(tree);
                stretches.add(stretch);
            }
        }
        List<List<Logits>> rows = model.forwardEach(steps);
        for (int i = 0; i < steps.size(); i++) {
            for (int j = 0; j < stretches.get(i).nodes().size(); j++) {
                Logits row = rows.get(i).get(j);
                // the next pass ends the time of these, but not of their array
                readers.get(i).logits.set(stretches.get(i).nodes().get(j), more ? Logits.of(row.toArray()) : row);
            }
        }
    }

    /**
     * Nodes that follow each other without a branch.
     *
     * @param index its place among the stretches of the tree
     * @param before the node before the first, or -1
     * @param nodes the nodes
     * @param level how many branchings come before it
     */
    private record Stretch(int index, int before, List<Integer> nodes, int level) {}

    /** A tree with the sessions that read it. */
    private static final class Tree implements ReadTree {

        private final TreeStep step;
        private final int length;
        private final List<Stretch> stretches = new ArrayList<>();
        private final int[] stretchOf;
        /** By stretch, the session that has read it; of the first stretch behind a node it goes on into it. */
        private final @Nullable Session[] readers;

        private final List<Session> copies = new ArrayList<>();
        private final List<Logits> logits;
        private boolean ended;

        Tree(TreeStep step) {
            this.step = step;
            this.length = step.session().length();
            this.stretchOf = new int[step.size()];
            this.logits = new ArrayList<>(Collections.nCopies(step.size(), Logits.of(new float[0])));
            int[] children = new int[step.size() + 1];
            for (int parent : step.parents()) {
                children[parent + 1]++;
            }
            for (int node = 0; node < step.size(); node++) {
                int parent = step.parents()[node];
                if (parent >= 0 && children[parent + 1] == 1) {
                    stretchOf[node] = stretchOf[parent];
                    stretches.get(stretchOf[node]).nodes().add(node);
                } else {
                    int level =
                            parent < 0 ? 0 : stretches.get(stretchOf[parent]).level() + 1;
                    stretchOf[node] = stretches.size();
                    stretches.add(new Stretch(stretches.size(), parent, new ArrayList<>(List.of(node)), level));
                }
            }
            this.readers = new Session[stretches.size()];
        }

        int levels() {
            return 1 + stretches.stream().mapToInt(Stretch::level).max().orElse(-1);
        }

        /** The stretches of a level, each with a session that has read what comes before. */
        List<Stretch> level(int level) {
            List<Stretch> found =
                    stretches.stream().filter(each -> each.level() == level).toList();
            boolean[] taken = new boolean[step.size() + 1];
            // copies first: the session itself reads on
            for (Stretch stretch : found) {
                if (taken[stretch.before() + 1]) {
                    Session copy = before(stretch).fork();
                    copies.add(copy);
                    readers[stretch.index()] = copy;
                }
                taken[stretch.before() + 1] = true;
            }
            for (Stretch stretch : found) {
                Session copy = readers[stretch.index()];
                readers[stretch.index()] = copy == null ? before(stretch) : copy;
            }
            return found;
        }

        private Session before(Stretch stretch) {
            return after(stretch.before());
        }

        Session session(Stretch stretch) {
            return after(stretch.nodes().get(0));
        }

        /** The session that has read a node, or -1 for what was there before. */
        private Session after(int node) {
            Session reader = node < 0 ? step.session() : readers[stretchOf[node]];
            if (reader == null) {
                throw new IllegalStateException("node " + node + " is not read yet");
            }
            return reader;
        }

        int[] tokens(Stretch stretch) {
            return stretch.nodes().stream()
                    .mapToInt(node -> step.tokens()[node])
                    .toArray();
        }

        void closeCopies() {
            copies.forEach(Session::close);
        }

        @Override
        public List<Logits> logits() {
            return List.copyOf(logits);
        }

        @Override
        public Session keep(int node) {
            if (ended || node < -1 || node >= step.size()) {
                throw new ModelException(ended ? "a path of the tree was kept before" : "the tree has no node " + node);
            }
            ended = true;
            Session kept = after(node);
            kept.truncate(length + step.depth(node));
            copies.stream().filter(copy -> copy != kept).forEach(Session::close);
            if (kept != step.session()) {
                step.session().close();
            }
            return kept;
        }

        @Override
        public String toString() {
            return step + " read by " + Arrays.toString(readers);
        }
    }
}
