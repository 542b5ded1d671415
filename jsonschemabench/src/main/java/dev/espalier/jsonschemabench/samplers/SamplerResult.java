// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A sampler on a case with a number of calls, over repetitions.
 *
 * @param language the case's name
 * @param sampler who sampled
 * @param budget laws that it might ask for
 * @param repetitions how often it began anew
 * @param exact Z; empty if the language is too large to be enumerated
 * @param divergence the Kullback–Leibler divergence of its law from the exact one, in nats; of the repetitions that have a
 *     text, if the exact one is known
 * @param distance the total variation distance of its law from the exact one, if that is known; 1 without a text
 * @param disagreement the total variation distance of its laws in two repetitions, of the pairs that both have a text
 * @param evidence its estimate of Z
 * @param calls laws that it asked for
 * @param samples complete texts
 * @param acceptance the share of proposals that were accepted, if it proposes anything
 * @param predicateCalls tokens that it asked a predicate about
 * @param millis the time of a repetition
 */
@JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Figure.Unknown.class)
public record SamplerResult(
        @JsonProperty("case") String language,
        Contender sampler,
        int budget,
        int repetitions,
        @JsonProperty("exact_evidence") OptionalDouble exact,
        @JsonProperty("kl") Figure divergence,
        @JsonProperty("tv") Figure distance,
        @JsonProperty("tv_between_two") Figure disagreement,
        Figure evidence,
        Figure calls,
        Figure samples,
        Figure acceptance,
        Figure predicateCalls,
        Figure millis)
        implements ResultsFile.Result {

    /** Checks that there is a sampler. */
    public SamplerResult {
        Objects.requireNonNull(sampler);
    }

    private static final double NANOS = 1e6;

    /** The figures of repetitions, at least one. */
    static SamplerResult of(SamplingCase one, Contender sampler, int budget, List<Repetition> all) {
        List<Repetition> found =
                all.stream().filter(each -> !each.law().isEmpty()).toList();
        return new SamplerResult(
                one.name(),
                sampler,
                budget,
                all.size(),
                one.exact().map(law -> OptionalDouble.of(law.evidence())).orElse(OptionalDouble.empty()),
                Figure.of(one.exact().stream()
                        .flatMapToDouble(law ->
                                found.stream().mapToDouble(each -> each.law().divergence(law)))),
                Figure.of(one.exact().stream()
                        .flatMapToDouble(law ->
                                all.stream().mapToDouble(each -> each.law().distance(law)))),
                Figure.of(disagreements(all)),
                Figure.of(all.stream().flatMapToDouble(each -> stream(each.evidence()))),
                Figure.of(all.stream().mapToDouble(Repetition::calls)),
                Figure.of(all.stream().mapToDouble(Repetition::samples)),
                Figure.of(all.stream().flatMapToDouble(each -> stream(each.acceptance()))),
                Figure.of(all.stream().mapToDouble(Repetition::predicateCalls)),
                Figure.of(all.stream().mapToDouble(each -> each.nanos() / NANOS)));
    }

    private static DoubleStream disagreements(List<Repetition> all) {
        return IntStream.range(0, all.size() / 2)
                .mapToObj(i -> List.of(all.get(2 * i).law(), all.get(2 * i + 1).law()))
                .filter(pair -> !pair.get(0).isEmpty() && !pair.get(1).isEmpty())
                .mapToDouble(pair -> pair.get(0).distance(pair.get(1)));
    }

    private static DoubleStream stream(OptionalDouble value) {
        return value.isPresent() ? DoubleStream.of(value.getAsDouble()) : DoubleStream.empty();
    }

    /** The estimate of Z as a part of Z itself; unknown if one of them is. */
    Figure relativeEvidence() {
        return exact.isPresent() && evidence.isKnown()
                ? evidence.times(1 / exact.getAsDouble())
                : Figure.of(DoubleStream.empty());
    }

    /** How far it is off: the divergence from the exact law, or else the distance of two repetitions. */
    Figure error() {
        return exact.isPresent() ? divergence : disagreement;
    }

    @JsonProperty("guarantee")
    String guarantee() {
        return sampler.guarantee().name().toLowerCase(Locale.ROOT);
    }

    @Override
    @JsonProperty("id")
    public String id() {
        return id(language, sampler, budget);
    }

    /** What results of a case, a sampler and a number of calls are known by. */
    static String id(String language, Contender sampler, int budget) {
        return String.format(Locale.ROOT, "%s/%s/%09d", language, sampler, budget);
    }
}
