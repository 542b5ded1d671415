// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.Horizon;
import dev.espalier.core.collect.Memo;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyFilter;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ChildBuilder;
import dev.espalier.schemas.value.Container;
import dev.espalier.schemas.value.ContainerPlace;
import dev.espalier.schemas.value.Core;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame of the objects of a goal: the keys that it distinguishes, and the core after each member. Guarded by the language's
 * lock. Keys are identified by their choice, see {@link ObjectKeys}. See {@code docs/design/objects.md}.
 */
public final class ObjectFrame implements Container, ObjectMembers {

    /** The number of cached answers. */
    private static final int MAX_REMEMBERED = 1 << 14;

    /**
     * The greatest number of names, or of other used keys, such that one or two more characters surely make a new key: less than half
     * of all pairs of plain one-byte characters.
     */
    private static final int MAX_OTHERS = 4_000;

    private static final int MAX_HORIZONS = 4;
    private static final int MAX_SEARCHES = 1 << 10;

    private final ObjectLanguage language;
    private final Diagrams diagrams;
    private final ObjectKeys keys;
    private final PlainMembers plain;
    private final ObjectSearch search;
    private final Core start;
    private final boolean isFree;
    private final @Nullable ObjectAlternatives apart;
    private final @Nullable KeyFilter filter;
    private final @Nullable WantedKey wanted;
    private final Memo<List<Object>, Child> live = new Memo<>(MAX_REMEMBERED);
    private final Memo<KeySearch, KeySearch> searches = new Memo<>(MAX_SEARCHES);
    /** The search asked for last; any thread may read it without the lock. */
    private @Nullable KeySearch latest;

    private KeyMemory[] keyMemories = {};

    /**
     * The frame of the objects that satisfy a core.
     *
     * @param declaredNames the names whose order is kept; they come before all other keys
     */
    ObjectFrame(ObjectLanguage language, Core whole, List<String> declaredNames) {
        this(language, whole, declaredNames, null);
    }

    private ObjectFrame(
            ObjectLanguage language, Core all, List<String> declaredNames, @Nullable ObjectAlternatives apart) {
        this.apart = apart;
        this.language = language;
        this.diagrams = language.diagrams();
        this.wanted = apart == null
                ? WantedKey.of(language, all, rest -> new ObjectFrame(language, rest, declaredNames))
                : null;
        Core whole = wanted == null ? all : wanted.rest();
        List<KeySet.Reading> wrong = apart == null ? WantedKey.readings(language, whole) : List.of();
        boolean isFiltered = !wrong.isEmpty() || wanted != null;
        this.filter = isFiltered ? KeyFilter.of(wrong, language.budget(), language.deadline()) : null;
        Core left = filtered(whole);
        BitSet support = left.pending(diagrams);
        this.keys = new ObjectKeys(language, support.stream().toArray(), declaredNames);
        this.plain = new PlainMembers(language, keys);
        this.search = new ObjectSearch(language, keys, plain, filter, wanted, support);
        this.start = exhausted(withoutNames(left), UsedKeys.NONE);
        this.isFree = filter == null && whole.isSettled() && whole.rest() == Diagrams.ZERO && keys.names() == 0;
    }

    /** The frame of the objects of a diagram over atoms, divided if that helps. */
    public static ObjectFrame of(
            ObjectLanguage language, int diagram, List<String> declaredNames, Discriminator.Patience patience) {
        Core whole = Core.of(language.diagrams(), diagram);
        Division division = new Discriminator(language, declaredNames, patience).of(whole);
        return division.parts().size() == 1
                ? new ObjectFrame(language, division.parts().get(0).core(), declaredNames)
                : new ObjectFrame(
                        language, whole, declaredNames, new ObjectAlternatives(language, division, declaredNames));
    }

    /** The core if no key comes that the filter rejects. */
    private Core filtered(Core whole) {
        Core core = whole;
        for (int atom = whole.barred().next(0);
                atom >= 0 && filter != null;
                atom = whole.barred().next(atom + 1)) {
            boolean isRead = language.atoms().get(atom) instanceof Atom.Members members
                    && members.keys() instanceof KeySet.Reading;
            core = isRead ? core.decided(diagrams, atom, false) : core;
        }
        return core;
    }

    /** The core once the atoms of names that the filter rejects are decided. */
    private Core withoutNames(Core core) {
        Core rest = core;
        for (int name = 0; name < keys.names() && filter != null; name++) {
            rest = rest.isDead() || filter.passes(keys.text(name)) ? rest : search.closed(rest, name);
        }
        return rest;
    }

    @Override
    @Nullable
    public KeyFilter filter() {
        return filter;
    }

    @Override
    @Nullable
    public WantedKey wanted() {
        return wanted;
    }

    @Override
    public List<ObjectState> openings() {
        boolean isFiltered = apart != null && apart.frames().stream().anyMatch(frame -> frame.filter != null);
        if (!isFiltered) {
            return List.of(ObjectState.open(this));
        }
        return alternatives().stream()
                .filter(frame -> !frame.reachOpen().isEmpty())
                .map(ObjectState::open)
                .toList();
    }

    @Override
    public ObjectLanguage language() {
        return language;
    }

    @Override
    public List<ObjectFrame> alternatives() {
        return apart == null ? List.of() : apart.frames();
    }

    @Override
    public Core start() {
        return start;
    }

    @Override
    public ObjectKeys keys() {
        return keys;
    }

    @Override
    public KeyTree tree() {
        return keys.tree();
    }

    @Override
    public KeyClasses classes() {
        return keys.classes();
    }

    @Override
    public boolean isFree() {
        return isFree;
    }

    @Override
    public boolean isShortest() {
        return language.spelling() == Spelling.SHORTEST;
    }

    /** The core once the atoms of declared names that were skipped are decided. */
    private Core passed(Core core, UsedKeys used, UsedKeys passed) {
        Core rest = core;
        for (int name = 0; name < keys.declared() && !rest.isDead(); name++) {
            if (passed.has(name) && !used.has(name)) {
                rest = search.closed(rest, name);
            }
        }
        return rest;
    }

    /** The core once the atoms are decided whose last keys are used up. */
    private Core exhausted(Core core, UsedKeys used) {
        Core rest = core;
        for (int atom : keys.fragile()) {
            if (!rest.isDead() && !keys.isAvailable(atom, used)) {
                rest = rest.decided(diagrams, atom, false);
            }
        }
        return rest;
    }

    @Override
    @Nullable
    public Child live(Core core, UsedKeys used, int choice, String text) {
        if (apart != null) {
            return apart.child(choice < 0 ? some(-1 - choice, used) : keys.text(choice));
        }
        if (filter != null && choice >= 0 && !filter.passes(keys.text(choice))) {
            return null;
        }
        UsedKeys passed = keys.before(used, choice);
        Core before = passed.equals(used) ? core : passed(core, used, passed);
        if (before.isDead()) {
            return null;
        }
        boolean anyText = choice < 0 && !keys.hasFiniteClass();
        UsedKeys then = anyText ? passed.onlyNames() : keys.counted(keys.after(used, choice, text));
        Child only = plain.child(before, choice);
        if (only != null && only.cores().isEmpty()) {
            return null;
        }
        Child child = only == null
                ? chosen(before, choice, then)
                : isIndifferent(before, passed, choice) ? only : viable(only, then);
        return child == null || !language.hasValue(child.goal()) ? null : child;
    }

    /**
     * True if a member is known to leave the object completable: it has no part in what other members decide, and those were found to
     * suffice. Without this shortcut, asking for each of many names would look at all of them each time.
     */
    private boolean isIndifferent(Core core, UsedKeys used, int choice) {
        return choice >= 0
                && keys.fragile().length == 0
                && plain.alone(core, choice) != null
                && (result(core) >= 0 || !search.reach(core, used).isEmpty());
    }

    private @Nullable Child viable(Child only, UsedKeys then) {
        Core after = only.cores().get(0);
        Core rest = viable(after, then);
        return rest.isDead() ? null : rest.equals(after) ? only : new Child(only.goal(), List.of(rest));
    }

    /** The child of a member whose value decides how to go on. */
    private Child chosen(Core core, int choice, UsedKeys then) {
        List<Object> key = List.of(core, choice, then);
        Child known = live.get(key);
        if (known == null) {
            known = ChildBuilder.build(
                    language, core, keys.atoms(choice), keys.ownBits(choice), after -> viable(after, then));
            live.put(key, known);
        }
        return known;
    }

    private Core viable(Core core, UsedKeys used) {
        Core rest = exhausted(core, used);
        boolean mayEnd = !rest.isDead()
                && (result(rest) >= 0 || !search.reach(rest, used).isEmpty());
        return mayEnd ? rest : Core.DEAD;
    }

    @Override
    public KeySearch search(Core core, UsedKeys used) {
        KeySearch wanted = new KeySearch(this, core, used);
        KeySearch known = searches.get(wanted);
        if (known == null) {
            searches.put(wanted, wanted);
            known = wanted;
        }
        latest = known;
        return known;
    }

    @Override
    public KeyMemory keyMemory(Horizon horizon) {
        KeyMemory[] known = keyMemories;
        for (KeyMemory memory : known) {
            if (memory.horizon() == horizon) {
                return memory;
            }
        }
        KeyMemory found = KeyMemory.of(horizon, keys);
        KeyMemory[] more = Arrays.copyOf(known, Math.min(known.length + 1, MAX_HORIZONS));
        more[more.length - 1] = found;
        keyMemories = more;
        return found;
    }

    @Override
    @Nullable
    public KeySearch known(Core core, UsedKeys used) {
        KeySearch search = latest;
        return search != null && search.isOf(core, used) && search.isKnownToStart() ? search : null;
    }

    @Override
    @Nullable
    public Child classLive(Core core, UsedKeys used, int keyClass) {
        // Where all classes are endless no single text matters, and none is looked for.
        if (filter != null && word(keyClass, used) == null) {
            return null;
        }
        return live(core, used, -1 - keyClass, keys.hasFiniteClass() ? some(keyClass, used) : "");
    }

    /** The shortest unused key of a class; there must be one. */
    private String some(int keyClass, UsedKeys used) {
        if (filter != null) {
            KeyClasses.Word word = word(keyClass, used);
            return word == null ? "" : word.text();
        }
        return classes().shortest(keyClass, keys.taken(used)).text();
    }

    private KeyClasses.@Nullable Word word(int keyClass, UsedKeys used) {
        int start = classes().automaton().start();
        KeyFilter own = java.util.Objects.requireNonNull(filter);
        return own.shortest(classes(), keyClass, start, own.start(), "", keys.taken(used));
    }

    @Override
    public List<MemberState> members(Child child, UsedKeys used, int choice, String key) {
        if (apart != null) {
            return choice < 0
                    ? apart.members(this, some(-1 - choice, used), key)
                    : apart.members(this, keys.text(choice), keys.text(choice));
        }
        return List.of(new MemberState(this, child, keys.after(used, choice, key), false, 0));
    }

    @Override
    public List<ObjectState> after(Child child, int result, UsedKeys then) {
        return apart != null
                ? apart.after(result)
                : List.of(new ObjectState(this, child.cores().get(result), then, ContainerPlace.VALUE, 0));
    }

    @Override
    public int result(Core core) {
        return wanted == null ? core.result(diagrams) : -1;
    }

    @Override
    public Reach reachOpen() {
        if (apart != null) {
            return apart.reachOpen();
        }
        if (start.isDead()) {
            return Reach.NONE;
        }
        int now = result(start);
        Reach later = reach(start, UsedKeys.NONE);
        Reach reach = now < 0 ? Reach.NONE : Reach.of(now, 1);
        for (int i = 0; i < later.size(); i++) {
            if (later.result(i) != now) {
                reach = reach.or(later.result(i), later.cost(i) - 1);
            }
        }
        return reach;
    }

    @Override
    public Reach reach(Core core, UsedKeys used) {
        return search.reach(core, used);
    }

    @Override
    public Reach reachMember(Child child, UsedKeys used, int choice, String key) {
        Reach reach = Reach.NONE;
        for (MemberState member : members(child, used, choice, key)) {
            reach = reach.or(member.frame().reachValue(member.child(), member.then()));
        }
        return reach;
    }

    @Override
    public Reach reachValue(Child child, UsedKeys then) {
        Reach values = language.reach(child.goal());
        Reach reach = Reach.NONE;
        for (int i = 0; i < values.size(); i++) {
            for (ObjectState next : after(child, values.result(i), then)) {
                reach = reach.or(next.frame().reach(next.core(), next.used()).plus(values.cost(i)));
            }
        }
        return reach;
    }

    @Override
    public UsedKeys relaxed(UsedKeys used) {
        return used.others().isEmpty() || used.others().size() > MAX_OTHERS || !hasFewNames()
                ? used
                : used.filtered(key -> !isLikeLonger(key));
    }

    @Override
    public boolean hasFewNames() {
        return keys.names() <= MAX_OTHERS;
    }

    private boolean isLikeLonger(String key) {
        if (key.equals(KeyState.UNNAMED)) {
            return true;
        }
        CharacterAutomaton automaton = classes().automaton();
        int state = automaton.start();
        for (int at = 0; at < key.length() && state >= 0; at = key.offsetByCodePoints(at, 1)) {
            state = automaton.next(state, key.codePointAt(at));
        }
        return automaton.isUniversal(state);
    }
}
