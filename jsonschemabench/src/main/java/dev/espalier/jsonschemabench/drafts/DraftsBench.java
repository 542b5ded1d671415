// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.drafts;

import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.quality.AskedModel;
import dev.espalier.jsonschemabench.quality.QualityTask;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Transcript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts with and without drafts. For each number of texts at a time, with a grammar and without, all ways take turns in each round, so that what else the machine does falls on
 * all alike.
 */
public final class DraftsBench implements Bench<DraftResult> {

    private final AskedModel asked;
    private final Optional<LanguageModel> small;
    private final Plan plan;
    private final Settings settings;
    private final String setting;
    private @Nullable PassPrices prices;

    /**
     * What is run.
     *
     * @param tasks what the model is asked
     * @param kinds kinds of drafts
     * @param lengths the most tokens of a draft
     * @param batches how many texts are written at a time
     * @param grammars with a grammar, without, or both
     * @param tokens the most tokens of a text
     * @param rounds how often all is written
     * @param recycled candidates that are remembered for each token
     * @param options prices of drafts
     */
    public record Plan(
            List<QualityTask> tasks,
            List<DraftKind> kinds,
            List<Integer> lengths,
            List<Integer> batches,
            List<Boolean> grammars,
            int tokens,
            int rounds,
            int recycled,
            DraftOptions options) {

        /** Copies the lists. */
        public Plan {
            tasks = List.copyOf(tasks);
            kinds = List.copyOf(kinds);
            lengths = List.copyOf(lengths);
            batches = List.copyOf(batches);
            grammars = List.copyOf(grammars);
        }
    }

    /**
     * A bench.
     *
     * @param small drafts, if there is one
     * @param settings what decides the results
     * @param setting in words
     */
    public DraftsBench(AskedModel asked, Optional<LanguageModel> small, Plan plan, Settings settings, String setting) {
        this.asked = asked;
        this.small = small;
        this.plan = plan;
        this.settings = settings;
        this.setting = setting;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Class<DraftResult> type() {
        return DraftResult.class;
    }

    private List<DraftWay> ways() {
        return DraftWay.all(
                plan.kinds().stream()
                        .filter(kind -> kind != DraftKind.MODEL || small.isPresent())
                        .toList(),
                plan.lengths());
    }

    @Override
    public List<Case<DraftResult>> cases() {
        List<DraftWay> ways = ways();
        List<Case<DraftResult>> cases = new ArrayList<>();
        for (int batch : plan.batches()) {
            for (boolean grammar : plan.grammars()) {
                List<String> ids = ways.stream()
                        .map(way -> DraftResult.id(way, batch, grammar))
                        .toList();
                cases.add(new Case<>(
                        ids, plan.rounds() * ways.size(), true, turn -> measure(ways, batch, grammar, turn)));
            }
        }
        return cases;
    }

    private List<DraftResult> measure(List<DraftWay> ways, int batch, boolean grammar, Turn turn) {
        Map<DraftWay, List<Long>> nanos = new LinkedHashMap<>();
        Map<DraftWay, DraftScene.Written> last = new LinkedHashMap<>();
        ways.forEach(way -> nanos.put(way, new ArrayList<>()));
        try (DraftScene scene = new DraftScene(asked, small, plan, batch, grammar, turn.stop())) {
            DraftScene.Written plain = scene.write(ways.get(0)); // warms up
            for (int round = 0; round < plan.rounds(); round++) {
                for (int i = 0; i < ways.size(); i++) {
                    DraftWay way = ways.get((i + round) % ways.size());
                    DraftScene.Written written = scene.write(way);
                    nanos.computeIfAbsent(way, unused -> new ArrayList<>()).add(written.nanos());
                    last.put(way, written);
                    turn.step().run();
                }
            }
            return ways.stream()
                    .map(way -> result(
                            way,
                            batch,
                            grammar,
                            last.getOrDefault(way, plain),
                            plain,
                            nanos.getOrDefault(way, List.of())))
                    .toList();
        }
    }

    private static DraftResult result(
            DraftWay way,
            int batch,
            boolean grammar,
            DraftScene.Written written,
            DraftScene.Written plain,
            List<Long> nanos) {
        int tokens = 0;
        int drafted = 0;
        int accepted = 0;
        int rows = 0;
        int differing = 0;
        for (int i = 0; i < written.transcripts().size(); i++) {
            Transcript each = written.transcripts().get(i);
            tokens += each.tokens().size();
            drafted += each.draftedTokens();
            accepted += each.acceptedTokens();
            rows += each.forwardPasses();
            differing += each.tokens().equals(plain.transcripts().get(i).tokens()) ? 0 : 1;
        }
        return new DraftResult(
                way.kind(),
                way.length(),
                batch,
                grammar,
                written.transcripts().size(),
                tokens,
                drafted,
                accepted,
                rows,
                written.passes(),
                differing,
                nanos);
    }

    @Override
    public void end(Path folder, Turn turn) {
        if (!turn.stop().isRequested()) {
            prices = PassPrices.of(asked.model(), small);
        }
    }

    @Override
    public View view(List<DraftResult> results) {
        return new DraftsView(results, Optional.ofNullable(prices)).view(setting);
    }
}
