// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ReadTree;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.TreeStep;
import dev.espalier.sampler.decode.draft.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forward passes over rows. When one fails for several, each tries again by itself. Used by the thread that leads. */
final class Passes {

    /** A step of so many tokens may have logits that nobody wants. */
    private static final int FEW = 8;

    private final LanguageModel model;
    private final DecodingTools tools;
    private final boolean alone;
    private final List<Row> served = new ArrayList<>();
    private long nanos;
    private int tokens;

    /**
     * Passes of one model.
     *
     * @param alone whether each row has a pass of its own
     */
    Passes(DecodingTools tools, boolean alone) {
        this.model = tools.model();
        this.tools = tools;
        this.alone = alone;
    }

    /**
     * Reads tokens, and hands each row its logits. The model must be locked, and all rows must have sessions.
     *
     * @param rows by row, the most tokens that it reads
     * @return the rows that were served
     */
    List<Row> run(Map<Row, Integer> rows) {
        served.clear();
        nanos = 0;
        tokens = 0;
        List<Row> last = new ArrayList<>();
        List<Row> each = new ArrayList<>();
        for (Row row : rows.keySet()) {
            (row.sequence().wantsAllRows() ? each : last).add(row);
        }
        if (!each.isEmpty()) {
            last.removeIf(row -> joins(row, each)); // logits nobody wants are cheaper than another pass
        }
        for (List<Row> batch : List.of(last, each)) {
            if (alone) {
                batch.forEach(row -> run(List.of(row), rows));
            } else if (!batch.isEmpty()) {
                run(batch, rows);
            }
        }
        return served;
    }

    /** Adds a row that reads few tokens to those that want logits after each. */
    private static boolean joins(Row row, List<Row> each) {
        ModelInput input = row.sequence().input();
        return !input.isAtStart() && input.pending().length <= FEW && each.add(row);
    }

    /** The time of the latest {@link #run}, in nanoseconds. */
    long nanos() {
        return nanos;
    }

    /** The number of tokens that the latest {@link #run} read. */
    int tokens() {
        return tokens;
    }

    private void run(List<Row> batch, Map<Row, Integer> most) {
        served.forEach(row -> row.sequence().keepLogits()); // this pass ends their time
        boolean all = batch.stream().anyMatch(row -> row.sequence().wantsAllRows());
        long start = System.nanoTime();
        List<TreeStep> steps = new ArrayList<>();
        List<ReadRow> read;
        try {
            batch.forEach(row -> steps.add(row.sequence().input().step(most.getOrDefault(row, Integer.MAX_VALUE))));
            read = forward(steps, all);
        } catch (RuntimeException | OutOfMemoryError failure) {
            retry(batch, most, failure);
            return;
        }
        long end = System.nanoTime();
        nanos += end - start;
        for (int i = 0; i < batch.size(); i++) {
            Row row = batch.get(i);
            List<Logits> rows = read.get(i).logits();
            if (!row.sequence().wantsAllRows()) {
                rows = rows.subList(rows.size() - 1, rows.size());
            }
            DecodingSequence.PassResult pass =
                    new DecodingSequence.PassResult(rows, steps.get(i).tokens(), start, end, batch.size());
            row.sequence().take(pass, read.get(i).tree());
            tokens += pass.tokens().length;
            served.add(row);
        }
    }

    private void retry(List<Row> batch, Map<Row, Integer> most, Throwable thrown) {
        RuntimeException failure = thrown instanceof RuntimeException known
                ? known
                : new ModelException("the model " + model.name() + " failed: " + thrown, thrown);
        for (Row row : batch) {
            if (batch.size() == 1 && row.sequence().input().draft().size() == 0) {
                row.sequence().fail(tools.modelFailure(failure));
            } else if (batch.size() == 1 && row.sequence().restore(failure)) {
                row.sequence().input().draft(Draft.NONE); // there may be no room for it
                run(batch, most);
            } else if (row.sequence().restore(failure)) {
                run(List.of(row), most);
            }
        }
    }

    /** What a row was given: the logits of a step, or of a tree that is still to be kept. */
    private record ReadRow(List<Logits> logits, @Nullable ReadTree tree) {}

    private List<ReadRow> forward(List<TreeStep> steps, boolean all) {
        List<ReadRow> rows;
        if (all && !steps.stream().allMatch(TreeStep::isChain)) {
            rows = model.forwardTree(steps).stream()
                    .map(tree -> new ReadRow(tree.logits(), tree))
                    .toList();
        } else {
            List<Step> chains = steps.stream()
                    .map(step -> Step.of(step.session(), step.tokens()))
                    .toList();
            rows = all
                    ? model.forwardEach(chains).stream()
                            .map(each -> new ReadRow(each, null))
                            .toList()
                    : model.forward(chains).stream()
                            .map(last -> new ReadRow(List.of(last), null))
                            .toList();
        }
        if (rows.size() != steps.size()) {
            throw new ModelException("the model gave logits for " + rows.size() + " of " + steps.size() + " sequences");
        }
        return rows;
    }
}
