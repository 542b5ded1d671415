// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Group;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What is shown of answers, by what their tasks ask for, engine and way.
 *
 * @param answers all answers, judged
 * @param loads what loading each model took
 */
public record QualityView(List<Answer> answers, List<ModelLoad> loads) {

    private static final int LISTED = 200;
    private static final double MEGA = 1e6;
    private static final double SECOND = 1e9;

    /** Copies the lists. */
    public QualityView {
        answers = List.copyOf(answers);
        loads = List.copyOf(loads);
    }

    /** What answers in one row have in common. */
    private record RowKey(TaskKind kind, String engine, String way) {

        static RowKey of(Answer answer) {
            return new RowKey(answer.kind(), answer.engine(), answer.way());
        }

        String shown() {
            return engine + ", " + way;
        }
    }

    /** The answers of one engine in all ways, and what loading its model took. */
    private record EngineRow(Group<String, Answer> all, ModelLoad load) {

        Group<String, Answer> free() {
            return all.only(each -> each.way().equals(AnswerWay.FREE.toString()));
        }

        /** Under the constraint in its base form; other engines have but one. */
        Group<String, Answer> masked() {
            return all.only(each -> each.way().equals(AnswerWay.DECLARED.toString())
                    || each.way().equals(OtherAnswers.MASKED));
        }
    }

    private static double ratio(Group<?, Answer> group, ToLongFunction<Answer> part, ToLongFunction<Answer> whole) {
        long all = group.sum(whole);
        return all == 0 ? 0 : (double) group.sum(part) / all;
    }

    private static double perCpuSecond(Group<?, Answer> group) {
        return SECOND * ratio(group, Answer::tokens, Answer::cpuNanos);
    }

    private static double perSecond(Group<?, Answer> group) {
        return SECOND * ratio(group, Answer::tokens, Answer::wallNanos);
    }

    private static double cpuSeconds(Group<?, Answer> group) {
        return group.size() == 0 ? 0 : group.sum(Answer::cpuNanos) / SECOND / group.size();
    }

    private static String rightFields(Group<?, Answer> group) {
        return Table.percent(group.sum(Answer::right), group.sum(Answer::fields));
    }

    private static String valid(Group<?, Answer> group) {
        return Table.percent(group.count(Answer::isValid), group.size());
    }

    private static Object known(double figure) {
        return figure == 0 ? "-" : figure;
    }

    private static double rounded(double figure) {
        return Math.round(figure * 1e3) / 1e3;
    }

    private static final List<Column<Group<RowKey, Answer>>> WAYS = List.of(
            Column.of("", group -> group.key().shown()),
            Column.member("kind", group -> group.key().kind().toString()),
            Column.member("engine", group -> group.key().engine()),
            Column.member("way", group -> group.key().way()),
            Column.both("answers", Group::size),
            Column.both("valid", group -> group.count(Answer::isValid)),
            Column.of("fields right", QualityView::rightFields),
            Column.member("fields_right", group -> group.sum(Answer::right)),
            Column.member("fields", group -> group.sum(Answer::fields)),
            Column.both("wholly right", group -> group.count(Answer::isWhole)),
            Column.both("tokens", group -> group.sum(Answer::tokens)),
            Column.of("tokens a CPU second", "%.1f", QualityView::perCpuSecond),
            Column.of("CPU s an answer", "%.2f", QualityView::cpuSeconds),
            Column.of("tokens a second", "%.1f", QualityView::perSecond),
            Column.member("tokens_a_cpu_second", group -> rounded(perCpuSecond(group))),
            Column.member("cpu_seconds_an_answer", group -> rounded(cpuSeconds(group))),
            Column.member("tokens_a_second", group -> rounded(perSecond(group))),
            Column.both("cut", group -> group.count(Answer::isCut)),
            Column.both("errors", group -> group.count(Answer::isError)));

    private static final List<Column<EngineRow>> ENGINES = List.of(
            Column.both("engine", one -> one.all().key()),
            Column.of("load s", one -> known(one.load().loadNanos() / SECOND)),
            Column.of("peak MB", one -> known(one.load().peakBytes() / MEGA)),
            Column.of("free: tokens a CPU second", one -> known(perCpuSecond(one.free()))),
            Column.of("valid", one -> valid(one.free())),
            Column.of("fields right", one -> rightFields(one.free())),
            Column.of("masked: tokens a CPU second", one -> known(perCpuSecond(one.masked()))),
            Column.of("valid", one -> valid(one.masked())),
            Column.of("fields right", one -> rightFields(one.masked())),
            Column.member("load_us", one -> rounded(one.load().loadNanos() / 1e3)),
            Column.member("peak_bytes", one -> one.load().peakBytes()));

    private static final List<Column<Answer>> INVALID = List.of(
            Column.of("task", Answer::task),
            Column.of("engine, way", answer -> RowKey.of(answer).shown()),
            Column.of("why", answer -> answer.isError() ? answer.error() : faults(answer)),
            Column.of("text", Answer::text));

    private static String faults(Answer answer) {
        return answer.score().map(AnswerScore::faults).orElse("");
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<Group<RowKey, Answer>> rows = new ArrayList<>(Group.by(RowKey::of, answers));
        List<Answer> wrong = answers.stream().filter(QualityView::isWrong).toList();
        List<Answer> invalid =
                answers.stream().filter(answer -> !answer.isValid()).toList();
        View view = new View(
                        "Quality of answers",
                        setting,
                        "A valid answer is JSON that fits its schema by networknt's validator; a field is right if the"
                                + " label has the same value at the same place; an answer is wholly right if it is valid, all its"
                                + " fields are right and there are no others. A cut answer ended because of its budget of tokens. Times"
                                + " are from the prompt's text to the end of the answer.")
                .figure("answers", answers.size())
                .section("By task and way");
        for (TaskKind kind : TaskKind.values()) {
            List<Group<RowKey, Answer>> some =
                    rows.stream().filter(row -> row.key().kind() == kind).toList();
            view.table(Table.of(kind.toString(), WAYS, some)).chart(chart(kind, some));
        }
        List<Agreement> agreements = Agreement.of(answers);
        List<Agreement.Difference> differences =
                agreements.stream().flatMap(each -> each.differing().stream()).toList();
        if (!agreements.isEmpty()) {
            view.section("The same greedy text")
                    .table(Table.of("free text of the same prompts", Agreement.COLUMNS, agreements))
                    .count(differences.size(), LISTED)
                    .onPage(Table.of(
                            "",
                            Agreement.Difference.COLUMNS,
                            differences.stream().limit(LISTED).toList()))
                    .member("agreements", Column.members(Agreement.COLUMNS, agreements));
        }
        return view.section("By model")
                .table(Table.of("all tasks", ENGINES, engines()))
                .section("Not valid")
                .count(invalid.size(), LISTED)
                .onPage(Table.of("", INVALID, invalid.stream().limit(LISTED).toList()))
                .member("ways", Column.members(WAYS, rows))
                .member("engines", Column.members(ENGINES, engines()))
                .lines(wrong.stream()
                        .map(answer -> "masked, but not valid: " + answer.id() + ": " + faults(answer))
                        .toList())
                .wrong(!wrong.isEmpty());
    }

    /** Whether a text that masks let through as whole is not valid. */
    private static boolean isWrong(Answer answer) {
        return answer.engine().startsWith(AskedModel.ENGINE)
                && !answer.way().equals(AnswerWay.FREE.toString())
                && !answer.isError()
                && !answer.isValid();
    }

    private List<EngineRow> engines() {
        Map<String, ModelLoad> byEngine = new LinkedHashMap<>();
        loads.forEach(load -> byEngine.put(load.engine(), load));
        return Group.by(Answer::engine, answers).stream()
                .map(all -> new EngineRow(all, byEngine.getOrDefault(all.key(), new ModelLoad(all.key(), 0, 0))))
                .toList();
    }

    private static BarChart chart(TaskKind kind, List<Group<RowKey, Answer>> rows) {
        BarChart chart = BarChart.shares(
                "Answers: " + kind,
                "How the answers of each engine and way end.",
                "wholly right:good",
                "valid:doubt",
                "not valid:bad");
        for (Group<RowKey, Answer> row : rows) {
            long whole = row.count(Answer::isWhole);
            long valid = row.count(Answer::isValid);
            chart.add(row.key().shown(), whole, valid - whole, row.size() - valid);
        }
        return chart;
    }
}
