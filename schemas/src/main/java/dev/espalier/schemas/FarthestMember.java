package dev.espalier.schemas;

import dev.espalier.automata.Horizon;
import org.jspecify.annotations.Nullable;

/**
 * How far from its end an object may be after a text of a horizon that began before or within a key: within that key, within the
 * value behind it, or before the next key. Put together from what is known of each member, whatever characters the text has: no text
 * is followed but the few that tokens have behind a key. Guarded by the language's monitor.
 */
final class FarthestMember {

    /** No bound is known at once. */
    static final int UNKNOWN = -1;

    /** What tokens have behind a key. */
    private static final String BEHIND_KEY = "\":";

    /**
     * The most bytes that a key that is no name is from its end, where any text goes on: those left of an escaped character, and a
     * few more where keys are taken.
     */
    private static final int KEY = 16;

    private final KeySearch search;
    private final ObjectFrame frame;
    private final Horizon horizon;
    private final int result;
    /** The most bytes of a member beside its key and value. */
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
        ObjectFrame frame = search.frame();
        int start = frame.classes().automaton().start();
        if (frame.filter() != null
                || !frame.alternatives().isEmpty()
                || !frame.classes().automaton().isUniversal(start)) {
            return UNKNOWN;
        }
        Reach reach = search.reach(0, start, "");
        return reach.size() == 1 ? new FarthestMember(search, horizon, reach.result(0)).find(start) : UNKNOWN;
    }

    private int find(int start) {
        int most = 0;
        for (int name = 0; name < frame.keys().names(); name++) {
            frame.language().deadline().tick();
            Child child = search.name(name);
            int of = child == null ? 0 : ofMember(child, name, "");
            if (of == UNKNOWN) {
                return UNKNOWN;
            }
            most = Math.max(most, of);
        }
        int keyClass = frame.classes().automaton().outcome(start);
        Child child = search.keyClass(keyClass);
        int of = child == null ? 0 : ofMember(child, -1 - keyClass, shortest(search, keyClass));
        return of == UNKNOWN ? UNKNOWN : Math.max(most, of);
    }

    /** The shortest key of the class of all keys, of which endlessly many are left: that it is used leaves the others no shorter. */
    private String shortest(KeySearch at, int keyClass) {
        return frame.classes()
                .shortest(
                        keyClass,
                        frame.classes().automaton().start(),
                        "",
                        frame.keys().taken(at.used()))
                .text();
    }

    /** From within the key of a member on. */
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

    /** From the beginning of a key on, by the bytes of that key: an upper bound wherever within it. */
    private int throughKey(KeySearch at, Child child, int choice, String key) {
        int left = frame.reachMember(child, at.used(), choice, key).to(result);
        int bytes = choice < 0 ? KEY : KEY + frame.tree().bytes(choice);
        return left == Integer.MAX_VALUE ? UNKNOWN : Reach.add(left, bytes + marks);
    }

    /** From before the next key on: any key that is possible bounds it; 0 where there is none. */
    private int throughNext(Core core, UsedKeys used) {
        KeySearch next = new KeySearch(frame, core, used); // not remembered: there may be one for each name
        int keyClass =
                frame.classes().automaton().outcome(frame.classes().automaton().start());
        @Nullable Child any = next.keyClass(keyClass);
        if (any != null) {
            return throughKey(next, any, -1 - keyClass, shortest(next, keyClass));
        }
        for (int name = 0; name < frame.keys().names(); name++) {
            frame.language().deadline().tick();
            Child child = next.name(name);
            if (child != null) {
                return throughKey(next, child, name, "");
            }
        }
        return 0;
    }
}
