// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.Samples;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SequenceSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report of samples, as text and as JSON.
 *
 * @param sampler the sampler that drew them
 * @param samples the samples
 */
public record SampleReport(SequenceSampler sampler, Samples<String> samples) {

    /** Whether the samples are as requested: no sampling was stopped, and some text is complete. */
    public boolean isWhole() {
        return !samples.set().cancelled()
                && samples.drawn().stream().anyMatch(one -> one.sample().complete());
    }

    /** A complete text, after its log weight if that is requested. */
    public static String line(Sample sample, String text, boolean weights) {
        return weights ? String.format(Locale.ROOT, "%.6f\t%s", sample.logWeight(), text) : text;
    }

    /** The quality of the samples, and the work that they took. */
    public List<String> summary() {
        SampleSet set = samples.set();
        long complete = set.samples().stream().filter(Sample::complete).count();
        List<String> lines = new ArrayList<>();
        lines.add(sampler.describe());
        lines.add(String.format(
                Locale.ROOT,
                "%d complete samples, %d texts begun, %d questions to the model%s%s",
                complete,
                set.runs(),
                set.calls(),
                set.predicateCalls() > 0 ? ", " + set.predicateCalls() + " to the predicate" : "",
                set.cancelled() ? "; stopped before all were done" : ""));
        if (set.acceptance().isPresent()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.1f %% of the proposals accepted",
                    100 * set.acceptance().getAsDouble()));
        }
        if (set.logEvidence().isPresent()) {
            lines.add(evidence(set.logEvidence().getAsDouble()));
        }
        if (sampler.guarantee() == Guarantee.WEIGHTED && complete > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "by their weights they are worth %.1f samples of equal weight",
                    set.effectiveSamples()));
        }
        return lines;
    }

    private static String evidence(double log) {
        if (log == Double.NEGATIVE_INFINITY) {
            return "no text of a weight above 0: there is none within the most tokens, or the model gives each less than"
                    + " double precision can tell from 0";
        }
        double probability = Math.exp(log);
        return String.format(
                Locale.ROOT,
                "log Z = %.6f: the model by itself writes such a text with a probability of about %s",
                log,
                probability >= Double.MIN_NORMAL
                        ? String.format(Locale.ROOT, "%.4g", probability)
                        : String.format(Locale.ROOT, "10^%.1f", log / Math.log(10)));
    }

    /** A sample as a JSON object. */
    public static ObjectNode json(Sample sample, String text) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("text", text).put("complete", sample.complete());
        object.put("tokens", sample.tokens().size());
        put(object, "logProbability", sample.logProbability());
        put(object, "logWeight", sample.logWeight());
        object.put("target", OutcomeJson.spelt(sample.target()));
        return object;
    }

    /** A JSON object about all samples together. */
    public ObjectNode summaryJson() {
        SampleSet set = samples.set();
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        ObjectNode inside = summary.putObject("summary");
        inside.put("sampler", sampler.name())
                .put("guarantee", OutcomeJson.spelt(sampler.guarantee()))
                .put("description", sampler.describe())
                .put("samples", set.samples().size())
                .put("complete", set.samples().stream().filter(Sample::complete).count())
                .put("runs", set.runs())
                .put("calls", set.calls())
                .put("predicateCalls", set.predicateCalls())
                .put("cancelled", set.cancelled());
        set.acceptance().ifPresent(acceptance -> inside.put("acceptance", acceptance));
        set.logEvidence().ifPresent(evidence -> put(inside, "logEvidence", evidence));
        return summary;
    }

    private static void put(ObjectNode object, String name, double logarithm) {
        if (Double.isFinite(logarithm)) {
            object.put(name, logarithm);
        } else {
            object.putNull(name);
        }
    }
}
