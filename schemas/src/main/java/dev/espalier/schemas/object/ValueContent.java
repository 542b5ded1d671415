// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.key.KeyBeginnings;
import dev.espalier.schemas.key.KeysAhead;
import dev.espalier.schemas.value.Container;
import dev.espalier.schemas.value.Goal;
import dev.espalier.schemas.value.ValueLanguage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schema-independent description of a goal's values, used as a cache key: for each JSON type, what begins it, or null. Goals with
 * equal contents behave alike on all texts that end no key of the value.
 */
@FastPath(oracle = "RepresentativesTest")
record ValueContent(List<@Nullable Object> byType) {

    /** An object, as far as texts can see that end none of its keys. */
    private record Opened(int result, KeysAhead keys, boolean isShortest) {}

    private record AnyArray() {}

    /** The content of a goal; null if texts can see more. Callers must hold the language's lock. */
    static @Nullable ValueContent of(Goal goal, Horizon horizon) {
        List<@Nullable Object> byType = new ArrayList<>();
        for (JsonType type : JsonType.values()) {
            if (!goal.isPossible(type)) {
                byType.add(null);
                continue;
            }
            Object content = of(goal.language(), goal, type, horizon);
            if (content == null) {
                return null;
            }
            byType.add(content);
        }
        return new ValueContent(byType);
    }

    private static @Nullable Object of(ValueLanguage language, Goal goal, JsonType type, Horizon horizon) {
        return switch (type) {
            case NULL, TRUE, FALSE -> Diagrams.result(language.typed(goal, type));
            case NUMBER -> language.numbers(goal).start();
            case STRING -> strings(language.strings(goal).beginnings(), horizon);
            case ARRAY -> language.arrays(goal).isFree() ? new AnyArray() : null;
            case OBJECT -> opened(language.objects(goal), horizon);
        };
    }

    private static @Nullable List<State> strings(List<State> beginnings, Horizon horizon) {
        return beginnings.stream().allMatch(state -> state.sharedKey(horizon) != null) ? beginnings : null;
    }

    private static @Nullable Object opened(Container objects, Horizon horizon) {
        if (!(objects instanceof ObjectFrame frame)) {
            return null;
        }
        ObjectState state = ObjectState.open(frame);
        KeyBeginnings first = KeyBeginnings.of(horizon, "{");
        if (!first.isQuiet() || !frame.alternatives().isEmpty()) {
            return null;
        }
        KeysAhead keys = frame.search(state.core(), state.used()).ahead(first);
        return keys == null ? null : new Opened(frame.result(state.core()), keys, frame.isShortest());
    }
}
