// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.Horizon;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.FarthestInValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bound on the distance of an object from its end after any text of a horizon that began before or within a key: it may end within
 * that key, within its value, or before the next key. Put together from bounds for each member, whatever the text: only the few texts
 * that tokens have after a key are followed. Guarded by the language's lock.
 */
@FastPath(oracle = "FarthestMemberTest")
final class FarthestMember {

    /** No bound is known at once. */
    static final int UNKNOWN = -1;

    /** The beginning of what tokens have after a key. */
    private static final String BEHIND_KEY = "\":";

    /**
     * The greatest rest in bytes of an escaped character, plus a few of a key that any text continues: if some keys are used, others
     * are hardly longer.
     */
    private static final int KEY = 16;

    private static final int MAX_CLASSES = 16;
    /** Characters of keys that are taken; each is looked at. */
    private static final int MAX_TAKEN = 1_000;

    private final KeySearch search;
    private final ObjectMembers frame;
    private final Horizon horizon;
    private final int result;
    /** The greatest number of bytes of a member besides its key and value. */
    private final int marks;

    private FarthestMember(KeySearch search, Horizon horizon, int result) {
        this.search = search;
        this.frame = search.frame();
        this.horizon = horizon;
        this.result = result;
        Layout layout = frame.language().layout();
        this.marks = 4 + layout.gap() + layout.line(0) + layout.line(1);
    }

    /** The bound for the keys that an object can go on with, some of which must be possible; {@link #UNKNOWN} if there is none. */
    static int of(KeySearch search, Horizon horizon) {
        ObjectMembers frame = search.frame();
        if (frame.filter() != null
                || !frame.alternatives().isEmpty()
                || frame.classes().size() > MAX_CLASSES
                || frame.classes().hasFinite()) {
            return UNKNOWN;
        }
        Reach reach = search.reach().from(0, frame.classes().automaton().start(), "");
        return reach.size() == 1 ? new FarthestMember(search, horizon, reach.result(0)).find() : UNKNOWN;
    }

    private int find() {
        int most = 0;
        for (int choice = -frame.classes().size(); choice < frame.keys().names(); choice++) {
            frame.language().deadline().tick();
            Child child = child(search, choice);
            int of = child == null ? 0 : ofMember(child, choice, shortest(search, choice));
            if (of == UNKNOWN) {
                return UNKNOWN;
            }
            most = Math.max(most, of);
        }
        return most;
    }

    private @Nullable Child child(KeySearch at, int choice) {
        return choice >= 0
                ? at.name(choice)
                : frame.classes()
                                .leadsTo(
                                        -1 - choice, frame.classes().automaton().start())
                        ? at.keyClass(-1 - choice)
                        : null;
    }

    /** The shortest key of a class, of which endlessly many are left: that it is used leaves the others no shorter. Of a name none. */
    private String shortest(KeySearch at, int choice) {
        return choice >= 0
                ? ""
                : frame.classes()
                        .shortest(-1 - choice, frame.keys().taken(at.used()))
                        .text();
    }

    /** The most bytes from a place within a key to its end; {@link #UNKNOWN} where it would take long to say. */
    private int ofKey(KeySearch at, int choice) {
        return choice >= 0 ? frame.tree().bytes(choice) : ofKey(at, -1 - choice, taken(at));
    }

    private int ofKey(KeySearch at, int keyClass, @Nullable List<String> taken) {
        CharacterAutomaton automaton = frame.classes().automaton();
        if (automaton.isUniversal(automaton.start())) {
            return 0;
        }
        if (taken == null) {
            return UNKNOWN;
        }
        int most = frame.classes().mostBytes(keyClass);
        for (String text : taken) {
            int state = automaton.start();
            for (int i = 0; frame.classes().leadsTo(keyClass, state); i = text.offsetByCodePoints(i, 1)) {
                KeyClasses.Word word = frame.classes()
                        .shortest(
                                keyClass,
                                state,
                                text.substring(0, i),
                                frame.keys().taken(at.used()));
                most = Math.max(most, word.bytes());
                if (i == text.length()) {
                    break;
                }
                state = automaton.next(state, text.codePointAt(i));
            }
        }
        return most;
    }

    /** The keys that classes must exclude: after a beginning of one, another key may take longer. Null if they are too long. */
    private @Nullable List<String> taken(KeySearch at) {
        List<String> taken = new ArrayList<>();
        for (int name = 0; name < frame.keys().names(); name++) {
            taken.add(frame.keys().text(name));
        }
        taken.addAll(at.used().others());
        return taken.stream().mapToInt(String::length).sum() > MAX_TAKEN ? null : taken;
    }

    /** The bound from within the key of a member. */
    private int ofMember(Child child, int choice, String key) {
        FarthestInValue value = child.goal().farthest(horizon, BEHIND_KEY);
        int most = throughKey(search, child, choice, key);
        if (value == null || most == UNKNOWN) {
            return UNKNOWN;
        }
        UsedKeys then = frame.keys().after(search.used(), choice, key);
        Reach values = frame.language().reach(child.goal());
        for (int i = 0; i < values.size(); i++) {
            Core after = child.cores().get(values.result(i));
            int left = frame.reach(after, then).to(result);
            int next = value.goesOn() ? throughNext(after, then) : 0;
            if (left == Integer.MAX_VALUE || next == UNKNOWN) {
                return UNKNOWN;
            }
            most = Math.max(most, Math.max(next, Reach.add(Reach.add(left, value.bytes()), marks)));
        }
        return most;
    }

    /** The bound from the beginning of a key, or from any place within it. */
    private int throughKey(KeySearch at, Child child, int choice, String key) {
        int left = frame.reachMember(child, at.used(), choice, key).to(result);
        int bytes = ofKey(at, choice);
        return left == Integer.MAX_VALUE || bytes == UNKNOWN ? UNKNOWN : Reach.add(left, KEY + bytes + marks);
    }

    /** The bound from before the next key. Any possible key gives one; 0 if there is none. */
    private int throughNext(Core core, UsedKeys used) {
        KeySearch next = new KeySearch(frame, core, used); // not remembered: there may be one for each name
        for (int choice = -frame.classes().size(); choice < frame.keys().names(); choice++) {
            frame.language().deadline().tick();
            Child child = child(next, choice);
            if (child != null) {
                return throughKey(next, child, choice, shortest(next, choice));
            }
        }
        return 0;
    }
}
