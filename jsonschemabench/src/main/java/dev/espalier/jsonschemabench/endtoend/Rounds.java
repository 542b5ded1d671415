// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.sampler.LanguageModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Rounds of a scene: in each, every unit is written in every way, one right after the other, so that what else the machine does falls
 * on all alike; which way is first changes from unit to unit and from round to round. What comes before warms up and is not counted.
 */
final class Rounds {

    /** How many times a run says that it got on. */
    static final int STEPS = 10;

    private final Scene scene;
    private final List<Way> ways;
    private final Runnable step;
    private int told;
    private final Map<Way, List<List<Passage>>> passages = new EnumMap<>(Way.class);

    /**
     * Rounds of a scene.
     *
     * @param ways the ways that take turns
     * @param step called {@link #STEPS} times while they run
     */
    Rounds(Scene scene, List<Way> ways, Runnable step) {
        this.scene = scene;
        this.ways = ways;
        this.step = step;
        for (Way way : ways) {
            passages.put(way, new ArrayList<>());
        }
    }

    /** Writes until the time is over, at least so many rounds. */
    void run(int least, long nanos) {
        for (Way way : scene.units() > 1 ? ways : List.of(Way.MASKED)) {
            Passage unused = scene.write(0, way);
        }
        long start = System.nanoTime();
        for (int round = 0; round < least || System.nanoTime() - start < nanos; round++) {
            passages.values().forEach(rounds -> rounds.add(new ArrayList<>()));
            for (int unit = 0; unit < scene.units(); unit++) {
                round(round, unit);
                double rounds = (round + (unit + 1.0) / scene.units()) / least;
                tell(Math.min(rounds, (double) (System.nanoTime() - start) / nanos));
            }
        }
        tell(1);
    }

    private void tell(double share) {
        for (; told < Math.min(STEPS, (int) (STEPS * share)); told++) {
            step.run();
        }
    }

    private void round(int number, int unit) {
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get(Math.floorMod(i + unit + number, ways.size()));
            List<List<Passage>> rounds = of(way);
            rounds.get(rounds.size() - 1).add(scene.write(unit, way));
        }
    }

    private List<List<Passage>> of(Way way) {
        return passages.getOrDefault(way, List.of());
    }

    /** The figures of each way. */
    List<EndToEndResult> results(LanguageModel model, int batch) {
        List<EndToEndResult> results = new ArrayList<>();
        for (Way way : ways) {
            results.add(result(model, batch, way));
        }
        return results;
    }

    private EndToEndResult result(LanguageModel model, int batch, Way way) {
        List<List<Passage>> rounds = of(way);
        List<Passage> first = rounds.get(0);
        int texts = IntStream.range(0, scene.units()).map(scene::texts).sum();
        int tokens = first.stream().mapToInt(Passage::tokens).sum();
        return new EndToEndResult(
                model.name(),
                model.vocabulary().size(),
                batch,
                way,
                texts,
                tokens,
                first.stream().mapToInt(Passage::forced).sum(),
                first.stream().mapToInt(passage -> passage.steps().size() + 1).sum(),
                medianSteps(rounds) / tokens,
                each(rounds, tokens, Passage::stepped),
                each(rounds, texts, Passage::total),
                each(rounds, tokens, Passage::forward),
                each(rounds, tokens, Passage::mask),
                each(rounds, tokens, Passage::waiting),
                each(rounds, tokens, Passage::choosing),
                each(rounds, tokens, Passage::cpu));
    }

    private static List<Double> each(List<List<Passage>> rounds, int divisor, ToLongFunction<Passage> figure) {
        return rounds.stream()
                .map(units -> (double) units.stream().mapToLong(figure).sum() / divisor)
                .toList();
    }

    /** For each step of each unit its median over the rounds, added up; of the steps that all rounds have. */
    private double medianSteps(List<List<Passage>> rounds) {
        double sum = 0;
        for (int unit = 0; unit < scene.units(); unit++) {
            int at = unit;
            int steps = rounds.stream()
                    .mapToInt(round -> round.get(at).steps().size())
                    .min()
                    .orElse(0);
            for (int step = 0; step < steps; step++) {
                List<Double> times = new ArrayList<>();
                for (List<Passage> round : rounds) {
                    times.add((double) round.get(unit).steps().get(step));
                }
                sum += EndToEndResult.median(times);
            }
        }
        return sum;
    }
}
