// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.Horizon;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.JsonTexts;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.TakenKeys;
import dev.espalier.schemas.key.TakenSizes;
import dev.espalier.schemas.key.UsedKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * The keys that the objects of a frame distinguish: names (declared, singled out by an atom, or few of their kind), numbered from 0,
 * and classes of other keys. The <em>choice</em> of a key is its number if it is a name, else {@code -1 - c} for class c.
 */
public final class ObjectKeys {

    private static final int[] NO_ATOMS = {};
    private static final int UNKNOWN = Integer.MIN_VALUE;

    /** The number of keys of patterns with few matches that are treated like names, so that no class of keys runs out. */
    private static final int MAX_FEW = 16;

    private final ObjectLanguage language;
    /** The atoms that keys count for, ascending, and by index the name that alone counts for each; -1 if several keys do. */
    private final int[] support;

    private final int[] nameOf;
    private final int declared;
    private final List<String> names;
    private final KeyTree tree;
    /** By node, the state of the classes' automaton. Any thread may compute it; all get the same. */
    private final int[] classStates;

    private final KeyClasses classes;
    private final int[] nameClass;
    private final int[][] nameAtoms;
    private final int[][] ownAtoms;
    private final int[][] classAtoms;
    private final boolean hasFiniteClass;
    private final int[] fragile;
    private final Map<Integer, Boolean> finiteWithin = new ConcurrentHashMap<>();
    private final TakenSizes takenSizes;

    /**
     * The keys of some atoms.
     *
     * @param support the atoms, ascending
     * @param declaredNames the names whose order is kept; they come before all other keys
     */
    ObjectKeys(ObjectLanguage language, int[] support, List<String> declaredNames) {
        this.language = language;
        this.support = support;
        this.nameOf = new int[support.length];
        Map<String, Integer> numbers = new LinkedHashMap<>();
        declaredNames.forEach(name -> numbers.putIfAbsent(name, numbers.size()));
        Set<CharacterAutomaton> automata = new LinkedHashSet<>();
        for (int i = 0; i < support.length; i++) {
            KeySet keys = keys(support[i]);
            nameOf[i] = -1;
            if (keys instanceof KeySet.Name name) {
                Integer known = numbers.putIfAbsent(name.name(), numbers.size());
                nameOf[i] = known == null ? numbers.size() - 1 : known;
            } else if (keys instanceof KeySet.Matching matching) {
                automata.add(matching.automaton());
            } else if (keys instanceof KeySet.Except except) {
                except.names().forEach(name -> numbers.putIfAbsent(name, numbers.size()));
                automata.addAll(except.automata());
            }
        }
        this.declared = declaredNames.size();
        this.classes = new KeyClasses(List.copyOf(automata), language.budget(), language.deadline());
        if (!language.repeatsKeys()) {
            classes.takeFew(MAX_FEW).forEach(name -> numbers.putIfAbsent(name, numbers.size()));
        }
        this.names = List.copyOf(numbers.keySet());
        this.tree = new KeyTree(names);
        this.classStates = new int[tree.size()];
        Arrays.fill(classStates, UNKNOWN);
        this.nameClass = new int[names.size()];
        Arrays.setAll(nameClass, name -> classes.automaton().run(names.get(name)));
        this.takenSizes = new TakenSizes(classes, tree, nameClass, language.deadline());
        this.nameAtoms = nameAtoms();
        this.ownAtoms = new int[names.size()][];
        Arrays.setAll(ownAtoms, name -> filtered(nameAtoms[name], atom -> nameOf(atom) >= 0));
        this.classAtoms = new int[classes.size()][];
        Arrays.setAll(classAtoms, c -> filtered(support, atom -> classes.belongs(c, keys(atom))));
        this.hasFiniteClass = findFiniteClass();
        this.fragile = filtered(support, atom -> nameOf(atom) < 0 && !hasEndlessKeys(atom));
    }

    private static int[] filtered(int[] all, IntPredicate wanted) {
        int[] kept = new int[all.length];
        int size = 0;
        for (int atom : all) {
            if (wanted.test(atom)) {
                kept[size++] = atom;
            }
        }
        return size == all.length ? all : Arrays.copyOf(kept, size);
    }

    private boolean findFiniteClass() {
        return Arrays.stream(classes.scarce())
                .map(classes::count)
                .anyMatch(count -> count != KeyClasses.ENDLESS && count != 0);
    }

    private boolean hasEndlessKeys(int atom) {
        for (int c = 0; c < classAtoms.length; c++) {
            if (Arrays.binarySearch(classAtoms[c], atom) >= 0 && classes.count(c) == KeyClasses.ENDLESS) {
                return true;
            }
        }
        return false;
    }

    private int[][] nameAtoms() {
        int[] counts = new int[names.size()];
        BitSet[] counted = new BitSet[support.length];
        for (int i = 0; i < support.length; i++) {
            counted[i] = namesOf(i);
            counted[i].stream().forEach(name -> counts[name]++);
        }
        int[][] atoms = new int[names.size()][];
        Arrays.setAll(atoms, name -> counts[name] == 0 ? NO_ATOMS : new int[counts[name]]);
        for (int i = support.length - 1; i >= 0; i--) {
            int atom = support[i];
            counted[i].stream().forEach(name -> atoms[name][--counts[name]] = atom);
        }
        return atoms;
    }

    /** The names that count for the atom of an index. */
    private BitSet namesOf(int index) {
        BitSet all = new BitSet();
        if (nameOf[index] >= 0) {
            all.set(nameOf[index]);
            return all;
        }
        KeySet keys = keys(support[index]);
        for (int name = 0; name < names.size(); name++) {
            language.deadline().tick();
            all.set(name, keys.contains(names.get(name)));
        }
        return all;
    }

    private KeySet keys(int atom) {
        return ((Atom.Members) language.atoms().get(atom)).keys();
    }

    /** The state of the classes' automaton after the text of a node. For any thread. */
    int classState(int node) {
        if (classStates[node] == UNKNOWN) {
            findClassStates(node);
        }
        return classStates[node];
    }

    private void findClassStates(int node) {
        int[] path = new int[tree.length(node)];
        int length = 0;
        int above = node;
        while (above > 0 && classStates[above] == UNKNOWN) {
            path[length++] = above;
            above = tree.parent(above);
        }
        int state = above == 0 ? classes.automaton().start() : classStates[above];
        classStates[above] = state;
        while (length > 0) {
            int next = path[--length];
            state = classes.automaton().next(state, tree.symbol(next));
            classStates[next] = state;
        }
    }

    /** True if the keys of some class, or those with some beginning of the given length, can all be used up. */
    boolean mayRunOut(int characters) {
        return hasFiniteClass || finiteWithin.computeIfAbsent(characters, this::isFiniteWithin);
    }

    private boolean isFiniteWithin(int characters) {
        Set<Beginning> seen =
                new LinkedHashSet<>(Set.of(new Beginning(0, classes.automaton().start())));
        List<Beginning> last = List.copyOf(seen);
        for (int length = 0; !last.isEmpty(); length++) {
            if (last.stream().anyMatch(this::mayRunOut)) {
                return true;
            }
            List<Beginning> next = new ArrayList<>();
            for (Beginning at : length < characters ? last : List.<Beginning>of()) {
                longer(at).stream().filter(seen::add).forEach(next::add);
            }
            last = next;
        }
        return false;
    }

    /** The place of a beginning of a key: a node of the trie, or none off the trie, and a state of the classes' automaton. */
    private record Beginning(int node, int state) {}

    /** True if only finitely many keys, other than names, begin so. */
    private boolean mayRunOut(Beginning at) {
        if (at.node < 0 || !classes.isFinite(at.state)) {
            return classes.isFinite(at.state);
        }
        for (int c : classes.scarce()) {
            int count = classes.count(c, at.state);
            boolean isFinite = count != KeyClasses.ENDLESS && count != 0;
            if (isFinite && count > taken(c, tree.text(at.node), UsedKeys.NONE)) {
                return true;
            }
        }
        return false;
    }

    private List<Beginning> longer(Beginning at) {
        List<Beginning> longer = new ArrayList<>();
        CharacterAutomaton automaton = classes.automaton();
        for (int r = automaton.rangeStart(at.state); r < automaton.rangeEnd(at.state); r++) {
            int others = automaton.last(r) - automaton.first(r) + 1;
            for (int child = tree.firstChild(at.node); child >= 0; child = tree.nextSibling(child)) {
                if (automaton.first(r) <= tree.symbol(child) && tree.symbol(child) <= automaton.last(r)) {
                    longer.add(new Beginning(child, automaton.target(r)));
                    others--;
                }
            }
            if (others > 0) {
                longer.add(new Beginning(KeyTree.NONE, automaton.target(r)));
            }
        }
        return longer;
    }

    /** The number of names. */
    public int names() {
        return names.size();
    }

    /** The texts of all names. */
    List<String> texts() {
        return names;
    }

    /** The text of a name. */
    String text(int name) {
        return names.get(name);
    }

    /** The number of names whose order is kept. */
    int declared() {
        return declared;
    }

    KeyTree tree() {
        return tree;
    }

    KeyClasses classes() {
        return classes;
    }

    /** True if some class is finite. */
    boolean hasFiniteClass() {
        return hasFiniteClass;
    }

    /** The name that a key is; negative if it is none. For any thread. */
    int name(String key) {
        return tree.name(tree.find(key));
    }

    /** The choice of a key. */
    int choice(String key) {
        int name = name(key);
        return name >= 0 ? name : -1 - classes.automaton().run(key);
    }

    /** The atoms that a key counts for, ascending; not to be modified. */
    int[] atoms(int choice) {
        return choice < 0 ? classAtoms[-1 - choice] : nameAtoms[choice];
    }

    /** Whether a key counts for an atom. */
    boolean counts(int choice, int atom) {
        return Arrays.binarySearch(atoms(choice), atom) >= 0;
    }

    /** The atoms that a key counts for and no other key. */
    int[] own(int choice) {
        return choice < 0 ? NO_ATOMS : ownAtoms[choice];
    }

    /** {@link #own} as bits. */
    BitSet ownBits(int choice) {
        BitSet bits = new BitSet();
        for (int atom : own(choice)) {
            bits.set(atom);
        }
        return bits;
    }

    /** The name that alone counts for an atom; -1 if several keys do. */
    int nameOf(int atom) {
        int at = Arrays.binarySearch(support, atom);
        return at < 0 ? -1 : nameOf[at];
    }

    /** The atoms that several but finitely many keys count for; not to be modified. */
    int[] fragile() {
        return fragile;
    }

    /** The used keys once a key has been read. */
    UsedKeys after(UsedKeys used, int choice, String text) {
        if (choice < 0) {
            UsedKeys before = used.withBelow(declared);
            return language.repeatsKeys() ? before : before.with(text);
        }
        return choice < declared
                ? used.withBelow(choice + 1)
                : used.withBelow(declared).with(choice);
    }

    /** The used keys once a key is chosen, without the key itself: names that were skipped count as used. */
    UsedKeys before(UsedKeys used, int choice) {
        return used.withBelow(Math.min(declared, choice < 0 ? declared : choice));
    }

    /** The part of the used keys that decides whether keys are left: single texts matter only if classes are finite. */
    UsedKeys counted(UsedKeys used) {
        return hasFiniteClass ? used : used.onlyNames();
    }

    /**
     * The used keys without those that make no difference to the first {@code characters} characters of another key, since infinitely
     * many keys of the same class begin as they do.
     */
    UsedKeys mattering(UsedKeys used, int characters) {
        return mayRunOut(characters) ? used.filtered(other -> matters(other, characters)) : used.onlyNames();
    }

    private boolean matters(String other, int characters) {
        int keyClass = classes.automaton().run(other);
        int state = classes.automaton().start();
        for (int at = 0, read = 0; keyClass >= 0 && read <= characters; read++) {
            int count = classes.count(keyClass, state);
            if (count != KeyClasses.ENDLESS && count != 0) {
                return true;
            }
            if (at == other.length()) {
                return false;
            }
            state = classes.automaton().next(state, other.codePointAt(at));
            at = other.offsetByCodePoints(at, 1);
        }
        return false;
    }

    /** The number of unused keys of a class. */
    public int left(int keyClass, UsedKeys used) {
        int count = classes.count(keyClass);
        return count == KeyClasses.ENDLESS || count == 0 ? count : Math.max(0, count - taken(keyClass, "", used));
    }

    /** Whether all keys of some class that begin with a text are names or used; the text leads to a state. */
    boolean isUsedUp(int state, String prefix, UsedKeys used) {
        for (int c : classes.scarce()) {
            int count = classes.count(c, state);
            if (count != KeyClasses.ENDLESS && count != 0 && count <= taken(c, prefix, used)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether some text of a horizon goes on to the end of a key that was used and is no name, or so far along it that no other key of its
     * class goes on. A class of many keys has few with a long beginning, down to the one that was used: a text need not close it to be
     * dead.
     *
     * @param written the beginning of a key
     * @param state the state of the classes' automaton that it has reached
     * @param isSpelling whether one more character is being spelled
     */
    boolean mayEndUsed(UsedKeys used, String written, int state, boolean isSpelling, Horizon horizon) {
        for (String other : used.others()) {
            if (other.startsWith(written)) {
                int left = other.codePointCount(written.length(), other.length()) - (isSpelling ? 1 : 0);
                if (JsonTexts.of(horizon).longestEnd(other) >= left
                        || isUsedUpAlong(used, other, written.length(), state, horizon.bytes())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether at most some characters after a place of a used key, a class has no keys left that begin so. */
    private boolean isUsedUpAlong(UsedKeys used, String key, int from, int state, int characters) {
        int reached = state;
        int at = from;
        for (int read = 0; read <= characters; read++) {
            boolean isOutside = reached < 0; // of all classes: nothing is known of how many keys begin so
            if (isOutside || (classes.isFinite(reached) && isUsedUp(reached, key.substring(0, at), used))) {
                return true;
            }
            if (at == key.length()) {
                return false;
            }
            reached = classes.automaton().next(reached, key.codePointAt(at));
            at = key.offsetByCodePoints(at, 1);
        }
        return false;
    }

    /** The number of keys of a class with a prefix that are names or used. */
    int taken(int keyClass, String prefix, UsedKeys used) {
        int taken = 0;
        int node = tree.find(prefix);
        for (int rank = node < 0 ? 0 : tree.from(node); node >= 0 && rank < tree.to(node); rank++) {
            taken += nameClass[tree.byRank(rank)] == keyClass ? 1 : 0;
        }
        for (String other : used.others()) {
            boolean same = other.startsWith(prefix) && classes.automaton().run(other) == keyClass;
            taken += same ? 1 : 0;
        }
        return taken;
    }

    /** The number of keys of a class that are names or used, by the bytes that spell them; not to be modified. */
    Map<Integer, Integer> takenBySize(int keyClass, UsedKeys used) {
        return takenSizes.of(keyClass, used);
    }

    /** The keys to exclude from classes. */
    TakenKeys taken(UsedKeys used) {
        return new TakenKeys(tree, used);
    }

    /** Whether a key that counts for an atom can still come. */
    boolean isAvailable(int atom, UsedKeys used) {
        int own = nameOf(atom);
        if (own >= 0) {
            return !used.has(own);
        }
        for (int c = 0; c < classAtoms.length; c++) {
            if (Arrays.binarySearch(classAtoms[c], atom) >= 0 && left(c, used) > 0) {
                return true;
            }
        }
        for (int name = 0; name < nameAtoms.length; name++) {
            if (!used.has(name) && Arrays.binarySearch(nameAtoms[name], atom) >= 0) {
                return true;
            }
        }
        return false;
    }
}
