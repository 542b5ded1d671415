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
 * The fewest bytes to the end of an object of which a number of members is asked, and of each of them no more than it can tell
 * alone. Then members are exchangeable but for their bytes: those that must be there are, and of the others the cheapest, as
 * many as are lacking. How many keys there are of some bytes is counted, not tried.
 */
@FastPath(oracle = "ManyKeysTest")
final class CountedMembers {

    private static final int NO_ATOM = -1;

    private final ObjectLanguage language;
    private final ObjectKeys keys;
    private final PlainMembers plain;
    /** The bytes of a member beside its key and value. */
    private final int member;

    CountedMembers(ObjectLanguage language, ObjectKeys keys, PlainMembers plain, int member) {
        this.language = language;
        this.keys = keys;
        this.plain = plain;
        this.member = member;
    }

    /** One question: members that are lacking, and how many more there may be; bytes so far; members to choose from, by bytes. */
    private static final class Count {
        long lacking;
        long room = Long.MAX_VALUE;
        long bytes;
        final TreeMap<Integer, Long> offers = new TreeMap<>();

        /** Takes offers that cost at most so much, the cheapest first, as many as are lacking. */
        void take(long most) {
            while (lacking > 0 && !offers.isEmpty() && offers.firstKey() <= most) {
                Map.Entry<Integer, Long> cheapest = offers.firstEntry();
                long some = Math.min(lacking, cheapest.getValue());
                bytes = Math.min(Integer.MAX_VALUE, bytes + some * cheapest.getKey());
                lacking -= some;
                offers.remove(cheapest.getKey());
            }
        }

        /** Whether the members that are lacking take more bytes than are counted if each takes at least so many. */
        boolean isTooMuch(long least) {
            return bytes + lacking * least >= Integer.MAX_VALUE;
        }
    }

    /**
     * The bytes of all members until the object can end, each with its comma.
     *
     * @param core demands that do not depend on each other
     * @return no result, or result 0; null where members are asked more than this can say
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

    /** An atom that must come true and counts members; all such count the same keys. */
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

    /** Adds the names: those that must be there, and those that may. */
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

    /** Adds keys of classes, those of few bytes first, until there are enough for the cheapest to be known. */
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

    /** What a class has to offer; null if it is hard to say. */
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
