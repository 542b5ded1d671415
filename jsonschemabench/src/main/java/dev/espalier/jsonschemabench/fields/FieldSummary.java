// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.fields;

import dev.espalier.jsonschemabench.report.Group;
import dev.espalier.sampler.Timings;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Figures over many results. */
public record FieldSummary(List<FieldResult> results) {

    /** Whether every complete text is valid. */
    public boolean isSound() {
        return results.stream()
                .allMatch(each -> each.isValid() || !each.outcome().isComplete());
    }

    /** The figures for a terminal. */
    @Override
    public String toString() {
        Group<String, FieldResult> all = new Group<>("", results);
        long right = all.sum(each -> each.score().right());
        long fields = all.sum(each -> each.score().fields());
        long tokens = all.sum(each -> each.written().tokens().size());
        long passes = all.sum(each -> each.written().forwardPasses());
        long total = time(all, Timings::total);
        StringBuilder text = new StringBuilder();
        line(
                text,
                "generations %d: complete %d, valid %d, wholly right %d",
                all.size(),
                all.count(each -> each.outcome().isComplete()),
                all.count(FieldResult::isValid),
                all.count(FieldResult::exact));
        line(text, "fields %d: exactly right %d (%.1f %%)", fields, right, percent(right, fields));
        line(
                text,
                "tokens %d: %d of them forced; forward passes %d",
                tokens,
                all.sum(each -> each.written().forcedTokens()),
                passes);
        line(text, "time %.2f ms a text, %.3f ms a token", ms(total, all.size()), ms(total, tokens));
        line(text, "  prompt             %6.2f %%", percent(time(all, Timings::prefill), total));
        line(text, "  forward passes     %6.2f %%", percent(time(all, Timings::forward), total));
        line(text, "  waiting for masks  %6.2f %%", percent(time(all, Timings::waiting), total));
        line(text, "  drawing, accepting %6.2f %%", percent(time(all, Timings::sample), total));
        line(
                text,
                "  masks, beside the forward passes: %.1f µs a pass, %.2f %% of the time",
                1000 * ms(time(all, Timings::mask), passes),
                percent(time(all, Timings::mask), total));
        return text.toString();
    }

    private static long time(Group<String, FieldResult> all, ToLongFunction<Timings> part) {
        return all.sum(each -> part.applyAsLong(each.written().timings()));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }

    private static double percent(double part, double whole) {
        return whole == 0 ? 0 : 100 * part / whole;
    }

    private static double ms(long nanos, long count) {
        return count == 0 ? 0 : nanos / 1e6 / count;
    }
}
