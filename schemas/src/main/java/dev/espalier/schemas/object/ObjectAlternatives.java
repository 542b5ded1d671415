// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ContainerPlace;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects divided into alternatives, each a frame of its own after the first key; before it, and while it is read, one frame stands for
 * all. If the first key is the discriminating one, its value is read once, and decides which alternatives go on; after any other key
 * all that allow it are read at the same time. Guarded by the language's lock.
 */
@FastPath(oracle = "ExactnessTest")
final class ObjectAlternatives {

    private final ObjectLanguage language;
    private final Division division;
    private final List<ObjectFrame> frames = new ArrayList<>();
    private @Nullable Told told;

    /**
     * The goal of the first value if its key is the discriminating one.
     *
     * @param child what is asked, which some value satisfies; null where there is none, or alternatives ask more of it than
     * which it is
     * @param next by result, the objects that go on
     */
    private record Told(@Nullable Child child, List<List<ObjectState>> next) {
        static final Told NOTHING = new Told(null, List.of());
    }

    /**
     * Some alternatives.
     *
     * @param declared the names whose order is kept
     */
    ObjectAlternatives(ObjectLanguage language, Division division, List<String> declared) {
        this.language = language;
        this.division = division;
        division.parts().forEach(part -> frames.add(new ObjectFrame(language, part.core(), declared)));
    }

    /** The frames. */
    List<ObjectFrame> frames() {
        return frames;
    }

    /** The results reachable after the opening brace. */
    Reach reachOpen() {
        Reach reach = Reach.NONE;
        for (ObjectFrame frame : frames) {
            reach = reach.or(frame.reachOpen());
        }
        return reach;
    }

    /** The child of a first member, over the alternatives that allow it; null if there are none. */
    @Nullable
    Child child(String key) {
        Child child = isTelling(key) ? told().child : null;
        if (child != null) {
            return child;
        }
        for (ObjectFrame frame : frames) {
            Child some = child(frame, key);
            if (some != null) {
                return some;
            }
        }
        return null;
    }

    private static @Nullable Child child(ObjectFrame frame, String key) {
        return frame.start().isDead()
                ? null
                : frame.live(frame.start(), UsedKeys.NONE, frame.keys().choice(key), key);
    }

    /**
     * The states after a first key.
     *
     * @param whole the frame that stands for all
     * @param like a key that is possible in the same alternatives, and a name only if the key is one
     * @param key the key
     */
    List<MemberState> members(ObjectFrame whole, String like, String key) {
        Child one = isTelling(like) ? told().child : null;
        if (one != null) {
            return List.of(new MemberState(whole, one, UsedKeys.NONE, false, 0));
        }
        List<MemberState> members = new ArrayList<>();
        for (ObjectFrame frame : frames) {
            Child child = child(frame, like);
            if (child != null) {
                UsedKeys then = frame.keys().after(UsedKeys.NONE, frame.keys().choice(like), key);
                members.add(new MemberState(frame, child, then, false, 0));
            }
        }
        return members;
    }

    /** The objects that go on after a result of the discriminating key's value. */
    List<ObjectState> after(int result) {
        return told().next.get(result);
    }

    private boolean isTelling(String key) {
        return key.equals(division.key());
    }

    private Told told() {
        if (told != null) {
            return told;
        }
        Told found = division.values() == null ? Told.NOTHING : told(division.values());
        // While it is being worked out what exists, more may still be found.
        told = language.isOpen() ? null : found;
        return found;
    }

    private Told told(Goal values) {
        int results = language.diagrams().ends(values.diagram()).size();
        List<List<ObjectState>> next = new ArrayList<>();
        for (int result = 0; result < results; result++) {
            next.add(new ArrayList<>());
        }
        for (int i = 0; i < frames.size(); i++) {
            int result = division.parts().get(i).result();
            ObjectFrame frame = frames.get(i);
            Child child = result < 0 ? null : child(frame, division.key());
            if (child != null && child.cores().size() != 1) {
                return Told.NOTHING;
            }
            if (child != null) {
                int name = frame.keys().choice(division.key());
                UsedKeys then = frame.keys().after(UsedKeys.NONE, name, "");
                Core core = child.cores().get(0);
                next.get(result).add(new ObjectState(frame, core, then, ContainerPlace.VALUE, 0));
            }
        }
        return told(values, next);
    }

    /** Drops the results after which no object goes on. */
    private Told told(Goal values, List<List<ObjectState>> next) {
        int[] numbers = new int[next.size()];
        Arrays.fill(numbers, Diagrams.DEAD);
        List<List<ObjectState>> kept = new ArrayList<>();
        List<Core> cores = new ArrayList<>();
        for (int result = 0; result < numbers.length; result++) {
            if (!next.get(result).isEmpty()) {
                numbers[result] = Diagrams.end(kept.size());
                kept.add(List.copyOf(next.get(result)));
                cores.add(next.get(result).get(0).core());
            }
        }
        if (kept.isEmpty()) {
            return Told.NOTHING;
        }
        int asked = language.diagrams()
                .mapEnds(values.diagram(), end -> end == Diagrams.DEAD ? end : numbers[Diagrams.result(end)]);
        return new Told(new Child(language.goal(asked), cores), kept);
    }
}
