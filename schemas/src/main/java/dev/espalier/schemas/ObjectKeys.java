package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that the objects of a frame tell apart: names (all that are declared, or that an atom singles out), numbered
 * from 0, and classes of other keys. A <em>choice</em> of key is a name's number, or {@code -1 - c} for a key of class c.
 */
final class ObjectKeys {

    private static final int[] NO_ATOMS = {};

    private final SchemaLanguage language;
    private final int declared;
    private final List<String> names;
    private final KeyTree tree;
    private final KeyClasses classes;
    private final int[] nameClass;
    private final int[][] nameAtoms;
    private final int[][] ownAtoms;
    private final int[][] classAtoms;
    private final Map<Integer, Integer> atomName = new HashMap<>();
    private final boolean hasFiniteClass;
    private final int[] fragile;

    /**
     * The keys of some atoms.
     *
     * @param declaredNames the names whose order is kept; they come before all other keys
     */
    ObjectKeys(SchemaLanguage language, int[] support, List<String> declaredNames) {
        this.language = language;
        Set<String> all = new LinkedHashSet<>(declaredNames);
        Set<CharacterAutomaton> automata = new LinkedHashSet<>();
        for (int atom : support) {
            KeySet keys = keys(atom);
            if (keys instanceof KeySet.Name name) {
                all.add(name.name());
            } else if (keys instanceof KeySet.Matching matching) {
                automata.add(matching.automaton());
            } else if (keys instanceof KeySet.Except except) {
                all.addAll(except.names());
                automata.addAll(except.automata());
            }
        }
        this.declared = declaredNames.size();
        this.names = List.copyOf(all);
        this.tree = new KeyTree(names);
        this.classes = new KeyClasses(List.copyOf(automata), language.budget());
        this.nameClass =
                names.stream().mapToInt(name -> classes.automaton().run(name)).toArray();
        for (int atom : support) {
            if (keys(atom) instanceof KeySet.Name name) {
                atomName.put(atom, tree.name(tree.find(name.name())));
            }
        }
        this.nameAtoms = nameAtoms(support);
        this.ownAtoms = new int[names.size()][];
        Arrays.setAll(
                ownAtoms,
                name -> Arrays.stream(nameAtoms[name])
                        .filter(atomName::containsKey)
                        .toArray());
        this.classAtoms = new int[classes.size()][];
        Arrays.setAll(
                classAtoms,
                c -> Arrays.stream(support)
                        .filter(atom -> classes.belongs(c, keys(atom)))
                        .toArray());
        this.hasFiniteClass = findFiniteClass();
        this.fragile = Arrays.stream(support)
                .filter(atom -> !atomName.containsKey(atom) && !hasEndlessKeys(atom))
                .toArray();
    }

    private boolean findFiniteClass() {
        for (int c = 0; c < classes.size(); c++) {
            if (!isEndless(c)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEndless(int keyClass) {
        return classes.count(keyClass, classes.automaton().start()) == KeyClasses.ENDLESS;
    }

    private boolean hasEndlessKeys(int atom) {
        for (int c = 0; c < classAtoms.length; c++) {
            if (Arrays.binarySearch(classAtoms[c], atom) >= 0 && isEndless(c)) {
                return true;
            }
        }
        return false;
    }

    private int[][] nameAtoms(int[] support) {
        Map<String, List<Integer>> own = new HashMap<>();
        List<Integer> wide = new ArrayList<>();
        for (int atom : support) {
            if (keys(atom) instanceof KeySet.Name name) {
                own.computeIfAbsent(name.name(), k -> new ArrayList<>()).add(atom);
            } else {
                wide.add(atom);
            }
        }
        int[][] atoms = new int[names.size()][];
        for (int name = 0; name < atoms.length; name++) {
            String text = names.get(name);
            List<Integer> mine = new ArrayList<>(own.getOrDefault(text, List.of()));
            wide.stream().filter(atom -> keys(atom).contains(text)).forEach(mine::add);
            atoms[name] = mine.stream().mapToInt(i -> i).sorted().toArray();
        }
        return atoms;
    }

    private KeySet keys(int atom) {
        return ((Atom.Members) language.atoms().get(atom)).keys();
    }

    /** Whether the keys of some class, or those that begin with some text of so many characters, can all be used up. */
    boolean mayRunOut(int characters) {
        return hasFiniteClass || classes.isFiniteWithin(characters);
    }

    /** The number of names. */
    int names() {
        return names.size();
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

    /** Whether some class has only so many keys. */
    boolean hasFiniteClass() {
        return hasFiniteClass;
    }

    /** The choice of a key. */
    int choice(String key) {
        int name = tree.name(tree.find(key));
        return name >= 0 ? name : -1 - classes.automaton().run(key);
    }

    /** The atoms that a key counts for, ascending; not to be modified. */
    int[] atoms(int choice) {
        return choice < 0 ? classAtoms[-1 - choice] : nameAtoms[choice];
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
        return atomName.getOrDefault(atom, -1);
    }

    /** The atoms that several keys count for, but not endlessly many; not to be modified. */
    int[] fragile() {
        return fragile;
    }

    /** What is used up once a key has been read. */
    UsedKeys after(UsedKeys used, int choice, String text) {
        if (choice < 0) {
            UsedKeys before = used.withBelow(declared);
            return language.repeatsKeys() ? before : before.with(text);
        }
        return choice < declared
                ? used.withBelow(choice + 1)
                : used.withBelow(declared).with(choice);
    }

    /** What is used up as soon as a key is chosen, the key apart: names whose turn is over. */
    UsedKeys before(UsedKeys used, int choice) {
        return used.withBelow(Math.min(declared, choice < 0 ? declared : choice));
    }

    /** What of the used keys decides whether there are keys left: single texts do only where classes are finite. */
    UsedKeys counted(UsedKeys used) {
        return hasFiniteClass ? used : used.onlyNames();
    }

    /** How many keys of a class are left. */
    int left(int keyClass, UsedKeys used) {
        int count = classes.count(keyClass, classes.automaton().start());
        return count == KeyClasses.ENDLESS || count == 0 ? count : Math.max(0, count - taken(keyClass, "", used));
    }

    /** How many keys of a class with a prefix are names, or used. */
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

    /** The keys of which no class counts another one. */
    TakenKeys taken(UsedKeys used) {
        return new TakenKeys(tree, used);
    }

    /** Whether a key that counts for an atom can still come. */
    boolean isAvailable(int atom, UsedKeys used) {
        Integer own = atomName.get(atom);
        if (own != null) {
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
