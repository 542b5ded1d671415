package dev.espalier.jsonschemabench.samplers;

import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
record SamplerResult(
        String language,
        Contender sampler,
        int budget,
        int repetitions,
        OptionalDouble exact,
        Figure divergence,
        Figure distance,
        Figure disagreement,
        Figure evidence,
        Figure calls,
        Figure samples,
        Figure acceptance,
        Figure predicateCalls,
        Figure millis)
        implements ResultsFile.Result {

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

    @Override
    public String id() {
        return id(language, sampler, budget);
    }

    /** What results of a case, a sampler and a number of calls are known by. */
    static String id(String language, Contender sampler, int budget) {
        return String.format(Locale.ROOT, "%s/%s/%09d", language, sampler.label(), budget);
    }

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id()).put("case", language).put("sampler", sampler.label());
        node.put("guarantee", sampler.guarantee().name().toLowerCase(Locale.ROOT));
        node.put("budget", budget).put("repetitions", repetitions);
        exact.ifPresent(value -> node.put("exact_evidence", value));
        write("kl", divergence, node);
        write("tv", distance, node);
        write("tv_between_two", disagreement, node);
        write("evidence", evidence, node);
        write("calls", calls, node);
        write("samples", samples, node);
        write("acceptance", acceptance, node);
        write("predicate_calls", predicateCalls, node);
        write("millis", millis, node);
        return node.toString();
    }

    private static void write(String name, Figure figure, ObjectNode node) {
        if (figure.isKnown()) {
            figure.write(node.putObject(name));
        }
    }

    /**
     * The result that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if there is no such sampler
     */
    static SamplerResult of(JsonNode node) {
        String label = node.path("sampler").asString("");
        Contender sampler = Arrays.stream(Contender.values())
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sampler " + label));
        JsonNode exact = node.path("exact_evidence");
        return new SamplerResult(
                node.path("case").asString(""),
                sampler,
                node.path("budget").asInt(0),
                node.path("repetitions").asInt(0),
                exact.isNumber() ? OptionalDouble.of(exact.asDouble()) : OptionalDouble.empty(),
                Figure.read(node.path("kl")),
                Figure.read(node.path("tv")),
                Figure.read(node.path("tv_between_two")),
                Figure.read(node.path("evidence")),
                Figure.read(node.path("calls")),
                Figure.read(node.path("samples")),
                Figure.read(node.path("acceptance")),
                Figure.read(node.path("predicate_calls")),
                Figure.read(node.path("millis")));
    }
}
