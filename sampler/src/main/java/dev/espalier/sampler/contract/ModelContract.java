// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.contract;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ReadTree;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.TreeStep;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The contract of a {@link LanguageModel}, for the tests of those who implement one: sessions that grow, fork, shrink and share passes give the logits that a fresh session gives
 * for the same tokens, and what cannot be done is refused and changes nothing.
 *
 * <p>Immutable. Cost: some hundred passes over a few tokens.
 */
public final class ModelContract {

    private static final int LONGEST = 24;
    private static final int MOST_SESSIONS = 5;
    private static final int MOST_NODES = 8;

    private final LanguageModel model;
    private final int[] tokens;
    private final double tolerance;
    private final long seed;
    private final int rounds;

    private ModelContract(LanguageModel model, int[] tokens, double tolerance, long seed, int rounds) {
        ParameterRange.require(tolerance >= 0, "tolerance", "≥ 0", tolerance);
        ParameterRange.require(rounds >= 1, "rounds", "≥ 1", rounds);
        this.model = model;
        this.tokens = tokens;
        this.tolerance = tolerance;
        this.seed = seed;
        this.rounds = rounds;
    }

    /**
     * The contract of a model that others do not use meanwhile: 40 rounds, and logits that differ by at most 1e-3.
     *
     * @param tokens ids that may be read, at least one
     * @throws InvalidInputException if there is none, or one is outside the vocabulary
     */
    public static ModelContract of(LanguageModel model, int... tokens) {
        for (int token : tokens) {
            ParameterRange.require(
                    token >= 0 && token < model.vocabulary().size(), "a token", "in the vocabulary", token);
        }
        if (tokens.length == 0) {
            throw new InvalidInputException("a model is checked with at least one token");
        }
        return new ModelContract(model, tokens.clone(), 1e-3, 1, 40);
    }

    /** With another greatest difference of logits: weights of few bits, and passes over more rows, round otherwise. */
    public ModelContract withTolerance(double value) {
        return new ModelContract(model, tokens, value, seed, rounds);
    }

    /** With other random texts, and another number of them. */
    public ModelContract withRounds(long otherSeed, int value) {
        return new ModelContract(model, tokens, tolerance, otherSeed, value);
    }

    /** What the model does otherwise than it should, one sentence each; empty if it keeps the contract. */
    public List<String> violations() {
        List<String> found = new ArrayList<>();
        Random random = new Random(seed);
        try {
            refusals(found);
            for (int round = 0; round < rounds && found.isEmpty(); round++) {
                sharedPasses(random, found);
            }
        } catch (RuntimeException unexpected) {
            found.add("a call that is allowed threw " + unexpected);
        }
        return List.copyOf(found);
    }

    /** Sessions that do something at random, a pass over all of them each time. */
    private void sharedPasses(Random random, List<String> found) {
        List<TrackedSession> sessions = new ArrayList<>();
        try {
            for (int i = 1 + random.nextInt(MOST_SESSIONS); i > 0; i--) {
                sessions.add(new TrackedSession(model.open(), new int[0]));
            }
            for (int pass = 0; pass < 4 && found.isEmpty(); pass++) {
                change(sessions, random, found);
                if (random.nextInt(3) == 0) {
                    readTrees(sessions, random, found);
                } else {
                    read(sessions, random, found);
                }
            }
        } finally {
            sessions.forEach(each -> each.session().close());
        }
    }

    private void change(List<TrackedSession> sessions, Random random, List<String> found) {
        int at = random.nextInt(sessions.size());
        TrackedSession one = sessions.get(at);
        switch (random.nextInt(4)) {
            case 0 -> sessions.add(new TrackedSession(one.session().fork(), one.read()));
            case 1 -> {
                int length = random.nextInt(one.read().length + 1);
                one.session().truncate(length);
                sessions.set(at, new TrackedSession(one.session(), Arrays.copyOf(one.read(), length)));
            }
            case 2 -> {
                one.session().close();
                sessions.set(at, new TrackedSession(model.open(), new int[0]));
            }
            default -> {
                // they only grow
            }
        }
        for (TrackedSession each : sessions) {
            if (each.session().length() != each.read().length) {
                found.add("a session of " + each.read().length + " tokens says that it has "
                        + each.session().length());
            }
        }
    }

    private void read(List<TrackedSession> sessions, Random random, List<String> found) {
        List<Step> batch = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        int room = Math.min(LONGEST, model.contextLength());
        for (int i = 0; i < sessions.size(); i++) {
            int left = room - sessions.get(i).read().length;
            if (left > 0 && random.nextInt(4) > 0) {
                int[] more = random.ints(1 + random.nextInt(Math.min(6, left)), 0, tokens.length)
                        .map(index -> tokens[index])
                        .toArray();
                batch.add(Step.of(sessions.get(i).session(), more));
                places.add(i);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        boolean every = random.nextBoolean();
        List<List<float[]>> rows = every
                ? model.forwardEach(batch).stream().map(ModelContract::arrays).toList()
                : model.forward(batch).stream()
                        .map(row -> List.of(row.toArray().clone()))
                        .toList();
        String what = every ? "forwardEach" : "forward";
        if (rows.size() != batch.size()) {
            found.add(what + " gave rows for " + rows.size() + " of " + batch.size() + " steps");
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            int[] more = batch.get(i).tokens();
            TrackedSession before = sessions.get(places.get(i));
            sessions.set(places.get(i), before.with(more));
            if (rows.get(i).size() != (every ? more.length : 1)) {
                found.add(what + " gave " + rows.get(i).size() + " rows for a step of " + more.length + " tokens");
                return;
            }
            for (int j = 0; j < rows.get(i).size(); j++) {
                int length = before.read().length + (every ? j + 1 : more.length);
                compare(
                        what,
                        Arrays.copyOf(before.with(more).read(), length),
                        rows.get(i).get(j),
                        found);
            }
        }
    }

    /** Reads a random tree behind some sessions, compares all nodes, and keeps a path of each. */
    private void readTrees(List<TrackedSession> sessions, Random random, List<String> found) {
        List<TreeStep> batch = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        int room = Math.min(LONGEST, model.contextLength());
        for (int i = 0; i < sessions.size(); i++) {
            int left = room - sessions.get(i).read().length;
            if (left > 0 && random.nextInt(4) > 0) {
                batch.add(tree(sessions.get(i).session(), 1 + random.nextInt(Math.min(MOST_NODES, left)), random));
                places.add(i);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        List<ReadTree> trees = model.forwardTree(batch);
        if (trees.size() != batch.size()) {
            found.add("forwardTree gave " + trees.size() + " trees for " + batch.size() + " steps");
            return;
        }
        List<List<float[]>> rows =
                trees.stream().map(ReadTree::logits).map(ModelContract::arrays).toList();
        for (int i = 0; i < batch.size(); i++) {
            TreeStep step = batch.get(i);
            TrackedSession before = sessions.get(places.get(i));
            int node = random.nextInt(step.size() + 1) - 1;
            sessions.set(
                    places.get(i),
                    new TrackedSession(
                            trees.get(i).keep(node),
                            before.with(step.path(node)).read()));
            if (rows.get(i).size() != step.size()) {
                found.add("forwardTree gave " + rows.get(i).size() + " rows for " + step.size() + " nodes");
                return;
            }
            for (int at = 0; at < step.size() && found.isEmpty(); at++) {
                compare(
                        "forwardTree",
                        before.with(step.path(at)).read(),
                        rows.get(i).get(at),
                        found);
            }
        }
    }

    /** A tree of random tokens, in which nodes that follow the same one may be the same. */
    private TreeStep tree(Session session, int size, Random random) {
        int[] nodes = new int[size];
        int[] parents = new int[size];
        for (int i = 0; i < size; i++) {
            nodes[i] = tokens[random.nextInt(tokens.length)];
            parents[i] = random.nextBoolean() ? i - 1 : random.nextInt(i + 1) - 1;
        }
        return TreeStep.of(session, nodes, parents);
    }

    private static List<float[]> arrays(List<Logits> rows) {
        return rows.stream().map(row -> row.toArray().clone()).toList();
    }

    /** Compares logits with those of a fresh session that reads the tokens one by one. */
    private void compare(String what, int[] read, float[] actual, List<String> found) {
        float[] expected = new float[0];
        try (Session fresh = model.open()) {
            for (int token : read) {
                expected = model.forward(List.of(Step.of(fresh, token))).get(0).toArray();
            }
        }
        if (actual.length != model.vocabulary().size()) {
            found.add(what + " gave " + actual.length + " logits, and the vocabulary has "
                    + model.vocabulary().size() + " ids");
            return;
        }
        for (int id = 0; id < actual.length; id++) {
            boolean same = actual[id] == expected[id] || Math.abs(actual[id] - expected[id]) <= tolerance;
            if (!same) {
                found.add(what + " gave token " + id + " the logit " + actual[id] + " after " + read.length
                        + " tokens, and a fresh session gives " + expected[id]);
                return;
            }
        }
    }

    private void refusals(List<String> found) {
        int first = tokens[0];
        try (Session session = model.open();
                Session other = model.open()) {
            Session closed = model.open();
            closed.close();
            closed.close();
            refused("a pass over a closed session", () -> model.forward(List.of(Step.of(closed, first))), found);
            refused("a fork of a closed session", closed::fork, found);
            model.forward(List.of(Step.of(session, first)));
            refused("truncating to more tokens than there are", () -> session.truncate(2), found);
            refused("truncating to less than nothing", () -> session.truncate(-1), found);
            refused(
                    "two steps of one session in a pass",
                    () -> model.forward(List.of(Step.of(session, first), Step.of(session, first))),
                    found);
            refused(
                    "a tree behind a closed session",
                    () -> model.forwardTree(List.of(TreeStep.of(closed, new int[] {first}, new int[] {-1}))),
                    found);
            int width = model.vocabulary().size();
            refused("a token outside the vocabulary", () -> model.forward(List.of(Step.of(session, width))), found);
            refused("an empty pass", () -> model.forward(List.of()), found);
            if (model.contextLength() < 1 << 16) {
                int[] tooMany = new int[model.contextLength() + 1];
                Arrays.fill(tooMany, first);
                refused("more tokens than the context", () -> model.forward(List.of(Step.of(other, tooMany))), found);
            }
            refused(
                    "a pass with a closed session among others",
                    () -> model.forward(List.of(Step.of(other, first), Step.of(closed, first))),
                    found);
            restored(session, 1, found);
            restored(other, 0, found);
            ReadTree tree = model.forwardTree(List.of(TreeStep.of(other, new int[] {first, first}, new int[] {-1, -1})))
                    .get(0);
            refused("a node that a tree does not have", () -> tree.keep(2), found);
            Session kept = tree.keep(1);
            refused("a second path of a tree", () -> tree.keep(0), found);
            kept.close();
        }
    }

    private static void refused(String what, Runnable call, List<String> found) {
        try {
            call.run();
            found.add(what + " is not refused");
        } catch (ModelException expected) {
            return;
        } catch (RuntimeException other) {
            found.add(what + " is refused by " + other.getClass().getName() + " and not by a ModelException");
        }
    }

    /** Checks a session after calls that failed: decoders bring it back by truncating it. */
    private void restored(Session session, int length, List<String> found) {
        if (session.length() < length) {
            found.add("a call that failed took tokens from a session");
            return;
        }
        session.truncate(length);
        float[] row = model.forward(List.of(Step.of(session, tokens[0])))
                .get(0)
                .toArray()
                .clone();
        int[] read = new int[length + 1];
        Arrays.fill(read, tokens[0]);
        compare("a pass after one that failed", read, row, found);
    }
}
