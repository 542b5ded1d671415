// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One model answers tasks in several ways; answers of other runs stand beside. */
public final class QualityBench implements Bench<Answer> {

    private final Optional<AskedModel> asked;
    private final Optional<QualityTrial> trial;
    private final List<QualityTask> tasks;
    private final List<AnswerWay> ways;
    private final OtherAnswers others;
    private final Settings settings;
    private final String setting;

    /**
     * A bench.
     *
     * @param asked the model; not closed with this. If it is empty nothing is asked
     * @param tasks what it is asked
     * @param ways how, the ways that serve the kind of a task
     * @param others what stands beside
     * @param settings what decides the answers
     * @param setting what was run in words
     */
    public QualityBench(
            Optional<AskedModel> asked,
            List<QualityTask> tasks,
            List<AnswerWay> ways,
            OtherAnswers others,
            Settings settings,
            String setting) {
        this.asked = asked;
        this.trial = asked.map(QualityTrial::new);
        this.tasks = List.copyOf(tasks);
        this.ways = List.copyOf(ways);
        this.others = others;
        this.settings = settings;
        this.setting = setting;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Class<Answer> type() {
        return Answer.class;
    }

    @Override
    public List<Case<Answer>> cases() {
        List<Case<Answer>> cases = new ArrayList<>();
        trial.ifPresent(one -> {
            for (AnswerWay way : ways) {
                tasks.stream()
                        .filter(task -> way.serves(task.kind()))
                        .forEach(task -> cases.add(
                                Case.of(QualityTrial.id(way, task), turn -> one.answer(task, way, turn.stop()))));
            }
        });
        return cases;
    }

    /** A task of each kind, not counted: the Java machine's and the network's own start is nobody's time. */
    @Override
    public void begin(Turn turn) {
        asked.ifPresent(model -> {
            try (QualityTrial uncounted = new QualityTrial(model)) {
                for (TaskKind kind : TaskKind.values()) {
                    tasks.stream()
                            .filter(task -> task.kind() == kind)
                            .findFirst()
                            .ifPresent(task -> {
                                Answer unused = uncounted.answer(task, AnswerWay.DECLARED, turn.stop());
                            });
                }
            }
        });
    }

    @Override
    public void end(Path folder, Turn turn) {
        asked.ifPresent(model ->
                new ModelLoad(model.engine(), model.loadNanos(), JavaMachine.peakResidentBytes()).write(folder));
    }

    @Override
    public View view(List<Answer> results) {
        List<Answer> answers = new ArrayList<>(results);
        answers.addAll(others.answers());
        List<ModelLoad> loads = new ArrayList<>();
        asked.ifPresent(
                model -> loads.add(new ModelLoad(model.engine(), model.loadNanos(), JavaMachine.peakResidentBytes())));
        loads.addAll(others.loads());
        return new QualityView(answers, loads).view(setting);
    }

    @Override
    public void close() {
        trial.ifPresent(QualityTrial::close);
    }
}
