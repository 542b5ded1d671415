// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.jsonschemabench.run.Bundled;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.json.JsonMapper;

/** The tasks that come with the harness: a file a kind. */
public final class QualityTasks {

    private QualityTasks() {}

    /** All tasks of some kinds, in the order of their files. */
    public static List<QualityTask> of(Collection<TaskKind> kinds) {
        return kinds.stream().flatMap(QualityTasks::read).toList();
    }

    /** At most so many of each kind, spread over its file. */
    public static List<QualityTask> spread(Collection<TaskKind> kinds, int limit) {
        return kinds.stream().flatMap(kind -> some(read(kind).toList(), limit)).toList();
    }

    private static Stream<QualityTask> some(List<QualityTask> all, int limit) {
        int count = Math.min(limit, all.size());
        return IntStream.range(0, count).mapToObj(i -> all.get(i * all.size() / count));
    }

    private static Stream<QualityTask> read(TaskKind kind) {
        String text = Bundled.text(QualityTasks.class, kind + ".json");
        return StreamSupport.stream(JsonMapper.shared().readTree(text).spliterator(), false)
                .map(node -> ResultJson.read(node, TaskGroup.class))
                .flatMap(group -> group.tasks().stream().map(task -> QualityTask.of(kind, group, task)));
    }
}
