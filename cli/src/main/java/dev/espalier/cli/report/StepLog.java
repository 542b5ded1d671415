// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.StepTrace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A log of the steps of all texts of one command; each text has a listener of its own. Used by the thread that generates. */
public final class StepLog {

    private record Entry(int text, int attempt, StepTrace step) {}

    private final List<Entry> entries = new ArrayList<>();
    private int takenBack;

    /** A listener for one of the texts, which passes all but the steps on to another listener. */
    public DecodeListener listener(int text, DecodeListener other) {
        return new DecodeListener() {
            private int attempt = 1;

            @Override
            public void onToken(int token, boolean forced) {
                other.onToken(token, forced);
            }

            @Override
            public void onText(String chunk) {
                other.onText(chunk);
            }

            @Override
            public void onFinish(Outcome outcome) {
                other.onFinish(outcome);
            }

            @Override
            public void onStep(StepTrace step) {
                entries.add(new Entry(text, attempt, step));
            }

            @Override
            public void onRestart(Outcome cause) {
                attempt++;
                takenBack++;
                other.onRestart(cause);
            }
        };
    }

    /** The number of texts that turned out wrong and were taken back. */
    int takenBack() {
        return takenBack;
    }

    /**
     * The number of forward passes that led to a token, in texts that were taken back, too; a pass that several texts share counts once. A pass
     * during which a text runs into a dead end is not a step and does not count.
     */
    int forwardPasses() {
        Set<Long> starts = new HashSet<>();
        entries.forEach(entry -> starts.add(entry.step().forwardStart()));
        return starts.size();
    }

    /** The share of all time spent on masks during which a forward pass ran as well, 0 to 1. */
    double overlap() {
        long mask = 0;
        long both = 0;
        for (Entry entry : entries) {
            mask += entry.step().maskEnd() - entry.step().maskStart();
            both += entry.step().overlap();
        }
        return mask == 0 ? 1 : (double) both / mask;
    }

    /** One JSON object per step, steps of texts that were taken back included. Times are in microseconds since the first forward pass began. */
    public List<ObjectNode> trace() {
        long origin = entries.isEmpty() ? 0 : entries.get(0).step().forwardStart();
        List<ObjectNode> lines = new ArrayList<>();
        for (Entry entry : entries) {
            StepTrace step = entry.step();
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("text", entry.text())
                    .put("attempt", entry.attempt())
                    .put("step", step.index())
                    .put("tokens", step.tokens())
                    .put("batch", step.batch())
                    .put("allowed", step.allowed());
            line.putArray("forward").add(micros(step.forwardStart(), origin)).add(micros(step.forwardEnd(), origin));
            line.putArray("mask").add(micros(step.maskStart(), origin)).add(micros(step.maskEnd(), origin));
            lines.add(line);
        }
        return lines;
    }

    private static double micros(long time, long origin) {
        return (time - origin) / 1e3;
    }
}
