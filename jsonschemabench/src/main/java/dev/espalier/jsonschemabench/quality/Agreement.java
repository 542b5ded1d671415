// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.jsonschemabench.report.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Whether free text is the same as that of a run which says where two tokens were close to each other.
 *
 * @param engine whose text is compared
 * @param reference with whose
 * @param texts tasks that both answered
 * @param same texts that are the same
 * @param close texts that differ first where the two best tokens were closer than {@link #CLOSE}
 * @param differing the others, and these, each with its place
 */
record Agreement(String engine, String reference, int texts, int same, int close, List<Difference> differing) {

    /** Logits so close are decided by roundings. */
    static final double CLOSE = 1e-3;

    /** Columns of a row for each engine. */
    static final List<Column<Agreement>> COLUMNS = List.of(
            Column.both("engine", Agreement::engine),
            Column.both("compared with", Agreement::reference),
            Column.both("texts", Agreement::texts),
            Column.both("same", Agreement::same),
            Column.both("differ at a close call", Agreement::close),
            Column.both("differ otherwise", each -> each.differing().size() - each.close()));

    /** Copies the list. */
    Agreement {
        differing = List.copyOf(differing);
    }

    /**
     * Two texts that differ.
     *
     * @param task the task
     * @param engine whose text differs
     * @param place the first character that differs
     * @param gap between the logits of the two best tokens there, if they were close to each other
     */
    record Difference(String task, String engine, int place, OptionalDouble gap) {

        /** Columns of a row for each difference. */
        static final List<Column<Difference>> COLUMNS = List.of(
                Column.of("engine", Difference::engine),
                Column.of("task", Difference::task),
                Column.of("first character that differs", Difference::place),
                Column.of(
                        "gap of the two best logits there",
                        each -> each.gap().isPresent()
                                ? String.format(Locale.ROOT, "%.1e", each.gap().getAsDouble())
                                : "not close"));
    }

    /** The free text of each engine compared with that of a run that has close calls; none if no run has. */
    static List<Agreement> of(List<Answer> answers) {
        Map<String, Map<String, Answer>> byEngine = new TreeMap<>();
        for (Answer answer : answers) {
            if (answer.way().equals(AnswerWay.FREE.toString()) && !answer.isError()) {
                byEngine.computeIfAbsent(answer.engine(), unused -> new TreeMap<>())
                        .put(answer.task(), answer);
            }
        }
        Optional<Map<String, Answer>> reference = byEngine.values().stream()
                .filter(some -> some.values().stream()
                        .anyMatch(each -> each.closeCalls().isPresent()))
                .findFirst();
        List<Agreement> all = new ArrayList<>();
        reference.ifPresent(some -> byEngine.forEach((engine, texts) -> {
            if (texts != some) {
                all.add(compared(engine, texts, some));
            }
        }));
        return all;
    }

    private static Agreement compared(String engine, Map<String, Answer> texts, Map<String, Answer> reference) {
        List<Difference> differing = new ArrayList<>();
        int both = 0;
        int close = 0;
        for (Answer text : texts.values()) {
            Answer other = reference.get(text.task());
            if (other == null) {
                continue;
            }
            both++;
            int place = firstDifference(text.text(), other.text());
            if (place >= 0) {
                OptionalDouble gap = other.closeCalls().orElse(List.of()).stream()
                        .filter(call -> call.covers(place))
                        .mapToDouble(CloseCall::gap)
                        .findFirst();
                differing.add(new Difference(text.task(), engine, place, gap));
                close += gap.isPresent() && gap.getAsDouble() < CLOSE ? 1 : 0;
            }
        }
        String name = reference.values().iterator().next().engine();
        return new Agreement(engine, name, both, both - differing.size(), close, differing);
    }

    /** The first character in which two texts differ; -1 if they are the same. */
    private static int firstDifference(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return i;
            }
        }
        return one.length() == other.length() ? -1 : length;
    }
}
