// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeySizes;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fewest bytes to the end of an object that needs a number of members, if each member can be judged alone. Then members differ in
 * their bytes only: take the required ones, and of the others the cheapest, as many as are lacking. Keys of a length are counted, not
 * tried. The slow oracle is the search of {@link ObjectSearch}, member by member.
 */
@FastPath(oracle = "CountedMembersTest")
final class CountedMembers {

    private static final int NO_ATOM = -1;

    private final ObjectLanguage language;
    private final ObjectKeys keys;
    private final PlainMembers plain;
    /** The bytes of a member besides its key and value. */
    private final int member;

    CountedMembers(ObjectLanguage language, ObjectKeys keys, PlainMembers plain, int member) {
        this.language = language;
        this.keys = keys;
        this.plain = plain;
        this.member = member;
    }

    /**
     * The state of one computation: the members lacking, how many more there may be, the bytes so far, and the members to choose from,
     * by bytes.
     */
    private static final class Count {
        long lacking;
        long room = Long.MAX_VALUE;
        long bytes;
        final TreeMap<Integer, Long> offers = new TreeMap<>();

        /** Takes the cheapest offers of at most {@code most} bytes, as many as are lacking. */
        void take(long most) {
            while (lacking > 0 && !offers.isEmpty() && offers.firstKey() <= most) {
                Map.Entry<Integer, Long> cheapest = offers.firstEntry();
                long some = Math.min(lacking, cheapest.getValue());
                bytes = Math.min(Integer.MAX_VALUE, bytes + some * cheapest.getKey());
                lacking -= some;
                offers.remove(cheapest.getKey());
            }
        }

        /** True if the lacking members, at {@code least} bytes or more each, would take more bytes than are counted. */
        boolean isTooMuch(long least) {
            return bytes + lacking * least >= Integer.MAX_VALUE;
        }
    }

    /**
     * The bytes of all members until the object can end, each with its comma.
     *
     * @param core demands that do not depend on each other
     * @return no result, or result 0; null if members are not judged each by itself
     */
    @Nullable
    Reach reach(Core core, UsedKeys used) {
        int counting = counting(core);
        if (counting == NO_ATOM) {
            return null;
        }
        Count count = new Count();
        if (!addDemands(core, counting, count) || !addNames(core, used, counting, count)) {
            return null;
        }
        if (count.lacking > count.room || count.room < 0) {
            return Reach.NONE;
        }
        return count.lacking <= 0 ? reach(count.bytes) : addClasses(core, used, counting, count);
    }

    private static Reach reach(long bytes) {
        return Reach.of(0, (int) Math.min(bytes, Integer.MAX_VALUE - 1L));
    }

    private Atom.Members atom(int atom) {
        return (Atom.Members) language.atoms().get(atom);
    }

    /** The atom that must come true and counts members; all such atoms count the same keys. */
    private int counting(Core core) {
        int found = NO_ATOM;
        for (int atom = core.wanted().next(0); atom >= 0; atom = core.wanted().next(atom + 1)) {
            if (keys.nameOf(atom) < 0) {
                boolean isSame =
                        found == NO_ATOM || atom(atom).keys().equals(atom(found).keys());
                if (atom(atom).lane() != Atom.ANY_VALUE || !isSame) {
                    return NO_ATOM;
                }
                found = atom;
            }
        }
        return found;
    }

    private boolean addDemands(Core core, int counting, Count count) {
        for (int atom = core.wanted().next(0); atom >= 0; atom = core.wanted().next(atom + 1)) {
            if (keys.nameOf(atom) < 0) {
                count.lacking = Math.max(count.lacking, atom(atom).n() - (long) core.hits(atom));
            }
        }
        for (int atom = core.barred().next(0); atom >= 0; atom = core.barred().next(atom + 1)) {
            if (atom(atom).n() > 1) {
                if (atom(atom).lane() != Atom.ANY_VALUE
                        || !atom(atom).keys().equals(atom(counting).keys())) {
                    return false;
                }
                count.room = Math.min(count.room, atom(atom).n() - 1L - core.hits(atom));
            }
        }
        return true;
    }

    /** Adds the names: the required ones, and those that may come. */
    private boolean addNames(Core core, UsedKeys used, int counting, Count count) {
        for (int name = 0; name < keys.names(); name++) {
            boolean isWanted = isWanted(core, name);
            boolean counts = keys.counts(name, counting);
            if (!isWanted && (!counts || used.has(name))) {
                continue;
            }
            language.deadline().tick();
            Child child = plain.child(core, name);
            if (child == null) {
                return false;
            }
            Reach values = language.reach(child.goal());
            if (isWanted && (values.isEmpty() || used.has(name))) {
                count.room = -1;
                return true;
            }
            int bytes = values.isEmpty() ? 0 : Reach.add(member + keys.tree().bytes(name), values.least());
            if (isWanted) {
                count.bytes += bytes;
                count.lacking -= counts ? 1 : 0;
                count.room -= counts ? 1 : 0;
            } else if (!values.isEmpty()) {
                count.offers.merge(bytes, 1L, Long::sum);
            }
        }
        return true;
    }

    private boolean isWanted(Core core, int name) {
        for (int atom : keys.own(name)) {
            if (core.wanted().has(atom)) {
                return true;
            }
        }
        return false;
    }

    /** Adds keys of classes, the shortest first, until the cheapest members are known. */
    private @Nullable Reach addClasses(Core core, UsedKeys used, int counting, Count count) {
        KeySizes sizes = keys.classes().sizes();
        Map<Integer, Offer> offers = new HashMap<>();
        boolean isEndless = false;
        long left = 0;
        for (int bytes = 0;
                isEndless || left > 0 || offers.size() < keys.classes().size();
                bytes++) {
            language.deadline().tick();
            int[] row = sizes.of(bytes);
            for (int i = 0; i < row.length; i += 2) {
                Offer offer = offers.get(row[i]);
                if (offer == null) {
                    offer = offer(core, used, row[i], counting);
                    if (offer == null) {
                        return null;
                    }
                    offers.put(row[i], offer);
                    isEndless |= offer.keys == KeyClasses.ENDLESS;
                    left += offer.keys;
                }
                if (offer.keys > 0) {
                    left -= row[i + 1];
                    long free = row[i + 1] - (long) offer.taken.getOrDefault(bytes, 0);
                    count.offers.merge(Reach.add(offer.bytes, bytes), free, Long::sum);
                }
            }
            long known = member + 1L + bytes; // longer keys cost more
            count.take(known);
            if (count.lacking <= 0 || (isEndless && count.isTooMuch(known + 1))) {
                return reach(count.lacking <= 0 ? count.bytes : Integer.MAX_VALUE);
            }
        }
        count.take(Long.MAX_VALUE);
        return count.lacking > 0 ? Reach.NONE : reach(count.bytes);
    }

    /**
     * Members with keys of a class.
     *
     * @param keys how many keys the class has; none where no such member is possible
     * @param bytes the fewest bytes of a member, without the key
     * @param taken how many of the keys are taken, by their bytes
     */
    private record Offer(int keys, int bytes, Map<Integer, Integer> taken) {
        static final Offer NONE = new Offer(0, 0, Map.of());
    }

    /** The members that a class offers; null if that is hard to compute. */
    private @Nullable Offer offer(Core core, UsedKeys used, int keyClass, int counting) {
        int choice = -1 - keyClass;
        if (keys.left(keyClass, used) == 0 || !keys.counts(choice, counting)) {
            return Offer.NONE;
        }
        Child child = plain.child(core, choice);
        if (child == null) {
            return null;
        }
        Reach values = language.reach(child.goal());
        return values.isEmpty()
                ? Offer.NONE
                : new Offer(
                        keys.classes().count(keyClass),
                        Reach.add(member, values.least()),
                        keys.takenBySize(keyClass, used));
    }
}
