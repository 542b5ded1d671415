package dev.espalier.jsonschemabench.fields;

import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import java.util.List;
import java.util.Locale;

/** Figures over many results. Immutable once made. */
public final class FieldSummary {

    private int cases;
    private int complete;
    private int valid;
    private int exact;
    private FieldScore score = new FieldScore(0, 0);
    private long tokens;
    private long forced;
    private long passes;
    private Timings times = Timings.ZERO;

    /** The figures of some results. */
    public FieldSummary(List<FieldResult> results) {
        for (FieldResult result : results) {
            Transcript written = result.outcome().transcript();
            cases++;
            complete += result.outcome().isComplete() ? 1 : 0;
            valid += result.isValid() ? 1 : 0;
            exact += result.exact() ? 1 : 0;
            score = score.plus(result.score());
            tokens += written.tokens().size();
            forced += written.forcedTokens();
            passes += written.forwardPasses();
            times = sum(times, written.timings());
        }
    }

    /** Whether every complete text is valid. */
    public boolean isSound() {
        return complete == valid;
    }

    private static Timings sum(Timings a, Timings b) {
        return new Timings(
                a.prefill() + b.prefill(),
                a.forward() + b.forward(),
                a.mask() + b.mask(),
                a.sample() + b.sample(),
                a.waiting() + b.waiting(),
                a.total() + b.total());
    }

    /** The figures for a terminal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "generations %d: complete %d, valid %d, wholly right %d", cases, complete, valid, exact);
        line(
                text,
                "fields %d: exactly right %d (%.1f %%)",
                score.fields(),
                score.right(),
                percent(score.right(), score.fields()));
        line(text, "tokens %d: %d of them forced; forward passes %d", tokens, forced, passes);
        line(text, "time %.2f ms a text, %.3f ms a token", ms(times.total(), cases), ms(times.total(), tokens));
        line(text, "  prompt             %6.2f %%", percent(times.prefill(), times.total()));
        line(text, "  forward passes     %6.2f %%", percent(times.forward(), times.total()));
        line(text, "  waiting for masks  %6.2f %%", percent(times.waiting(), times.total()));
        line(text, "  drawing, accepting %6.2f %%", percent(times.sample(), times.total()));
        line(
                text,
                "  masks, beside the forward passes: %.1f µs a pass, %.2f %% of the time",
                1000 * ms(times.mask(), passes),
                percent(times.mask(), times.total()));
        return text.toString();
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
