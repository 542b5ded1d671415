package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a goal: which keys are told apart, and what is left to decide after each member. Guarded by the
 * language's monitor.
 *
 * <p>Keys are names (all that are declared, or that an atom singles out), numbered from 0, and classes of other keys. A
 * <em>choice</em> of key is a name's number, or {@code -1 - c} for a key of class c.
 */
final class ObjectFrame {

    private static final Core DEAD = Core.of(Diagrams.DEAD);

    /** Answers kept; more are worked out again. */
    private static final int MAX_REMEMBERED = 1 << 14;

    private final SchemaLanguage language;
    private final Diagrams diagrams;
    private final Core start;
    private final int declared;
    private final List<String> names;
    private final KeyTree tree;
    private final KeyClasses classes;
    private final int[] nameClass;
    private final int[][] nameAtoms;
    private final int[][] classAtoms;
    private final Map<Object, Reach> reaches = new HashMap<>();
    private final Map<List<Object>, Child> children = new HashMap<>();
    private final Map<List<Object>, Child> live = new HashMap<>();
    private final Map<Core, Boolean> usefulClasses = new HashMap<>();
    private final Map<Integer, Integer> atomName = new HashMap<>();
    private final boolean hasFiniteClass;

    ObjectFrame(SchemaLanguage language, int diagram, List<String> declaredNames) {
        this.language = language;
        this.diagrams = language.diagrams();
        this.start = Core.of(diagram);
        int[] support = diagrams.support(diagram).stream().toArray();
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
        this.hasFiniteClass = findFiniteClass();
        this.nameAtoms = nameAtoms(support);
        this.classAtoms = new int[classes.size()][];
        Arrays.setAll(
                classAtoms,
                c -> Arrays.stream(support)
                        .filter(atom -> classes.belongs(c, keys(atom)))
                        .toArray());
    }

    private boolean findFiniteClass() {
        for (int c = 0; c < classes.size(); c++) {
            if (classes.count(c, classes.automaton().start()) != KeyClasses.ENDLESS) {
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

    SchemaLanguage language() {
        return language;
    }

    Core start() {
        return start;
    }

    KeyTree tree() {
        return tree;
    }

    /** Whether every class but the names is without end. */
    boolean hasFiniteClass() {
        return hasFiniteClass;
    }

    KeyClasses classes() {
        return classes;
    }

    /** Whether nothing is asked of the objects, so that frames of different schemas are alike. */
    boolean isFree() {
        return SchemaLanguage.isFree(start.diagram()) && names.isEmpty();
    }

    /** Whether the characters of keys have one spelling each; where nothing is asked of an object, they keep all. */
    boolean isShortest() {
        return language.spelling() == Spelling.SHORTEST && !isFree();
    }

    // ---- keys

    /** What is used up once a key has been read. */
    UsedKeys after(UsedKeys used, int choice, String text) {
        if (choice < 0) {
            return used.withBelow(declared).with(text);
        }
        return choice < declared
                ? used.withBelow(choice + 1)
                : used.withBelow(declared).with(choice);
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

    private boolean isAvailable(int atom, UsedKeys used) {
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

    /** The core once it is settled that no key comes any more that is used up now. */
    private Core exhausted(Core core, UsedKeys used) {
        Core rest = core;
        BitSet support = diagrams.support(core.diagram());
        for (int atom = support.nextSetBit(0); atom >= 0 && !rest.isDead(); atom = support.nextSetBit(atom + 1)) {
            if (!isAvailable(atom, used)) {
                rest = rest.decided(diagrams, atom, false);
            }
        }
        return rest;
    }

    // ---- members

    private int[] atoms(int choice) {
        return choice < 0 ? classAtoms[-1 - choice] : nameAtoms[choice];
    }

    /** The atoms that no other key counts for. */
    private BitSet last(int choice) {
        BitSet last = new BitSet();
        for (int atom : choice < 0 ? new int[0] : nameAtoms[choice]) {
            last.set(atom, atomName.containsKey(atom));
        }
        return last;
    }

    /** What a member asks, looking no further than the member. */
    private Child child(Core core, int choice) {
        return children.computeIfAbsent(
                List.of(core, choice),
                key -> ChildBuilder.build(language, core, atoms(choice), last(choice), after -> after));
    }

    /** What a member asks so that the object can still be completed; null where the key is not possible. */
    @Nullable
    Child live(Core core, UsedKeys used, int choice, String text) {
        boolean anyText = choice < 0 && !hasFiniteClass;
        UsedKeys then = anyText ? used.withBelow(declared).onlyNames() : counted(after(used, choice, text));
        List<Object> key = List.of(core, choice, then);
        Child known = live.get(key);
        if (known == null) {
            UsedKeys passed = used.withBelow(Math.min(declared, choice < 0 ? declared : choice));
            Core before = passed.equals(used) ? core : exhausted(core, passed);
            known = before.isDead()
                    ? new Child(language.goal(Diagrams.DEAD), List.of())
                    : ChildBuilder.build(language, before, atoms(choice), last(choice), after -> viable(after, then));
            if (live.size() >= MAX_REMEMBERED) {
                live.clear();
            }
            live.put(key, known);
        }
        return language.reach(known.goal()).isEmpty() ? null : known;
    }

    /** What of the used keys decides whether there are keys left: single texts do only where classes are finite. */
    private UsedKeys counted(UsedKeys used) {
        return hasFiniteClass ? used : used.onlyNames();
    }

    private Core viable(Core core, UsedKeys used) {
        Core rest = exhausted(core, used);
        return rest.isDead() || reach(rest, used).isEmpty() ? DEAD : rest;
    }

    /** What a member with a key of a class asks: the same whatever the key, as long as some key is left. */
    @Nullable
    Child classLive(Core core, UsedKeys used, int keyClass) {
        // Where all classes are endless no single text matters, and none is looked for.
        String some = hasFiniteClass
                ? classes.shortest(keyClass, classes.automaton().start(), "", taken(used), 1)
                        .get(0)
                        .text()
                : "";
        return live(core, used, -1 - keyClass, some);
    }

    /** The keys of which no class counts another one. */
    TakenKeys taken(UsedKeys used) {
        return new TakenKeys(tree, used);
    }

    /** The result if the object ends now; -1 if it must not. */
    int result(Core core) {
        int at = core.diagram();
        while (at >= 0) {
            at = diagrams.branch(at, false);
        }
        return at == Diagrams.DEAD ? -1 : Diagrams.result(at);
    }

    // ---- reachability

    /** What can be reached behind the opening brace. */
    Reach reachOpen() {
        return reachOpen(start, UsedKeys.NONE);
    }

    private Reach reachOpen(Core core, UsedKeys used) {
        Core rest = exhausted(core, used);
        if (rest.isDead()) {
            return Reach.NONE;
        }
        int now = result(rest);
        Reach later = reach(rest, used);
        Reach reach = now < 0 ? Reach.NONE : Reach.of(now, 1);
        for (int i = 0; i < later.size(); i++) {
            if (later.result(i) != now) {
                reach = reach.or(later.result(i), later.cost(i) - 1);
            }
        }
        return reach;
    }

    /** What can be reached behind a member: bytes to and with the closing brace, each member with its comma. */
    Reach reach(Core core, UsedKeys used) {
        boolean onlyCore = !hasUsefulClass(core);
        if (reaches.size() >= MAX_REMEMBERED) {
            reaches.clear();
        }
        return language.remembered(reaches, onlyCore ? core : List.of(core, used), () -> members(core, used));
    }

    private boolean hasUsefulClass(Core core) {
        Boolean known = usefulClasses.get(core);
        if (known == null) {
            known = false;
            BitSet support = diagrams.support(core.diagram());
            for (int atom = support.nextSetBit(0); atom >= 0; atom = support.nextSetBit(atom + 1)) {
                known |= !atomName.containsKey(atom) && !language.forbids(core.diagram(), atom);
            }
            usefulClasses.put(core, known);
        }
        return known;
    }

    private Reach members(Core core, UsedKeys used) {
        Map<Core, Integer> cores = new LinkedHashMap<>();
        cores.put(core, 0);
        UsedKeys done = used;
        for (int name : usefulNames(core, used)) {
            done = done.with(name);
            Map<Core, Integer> next = new LinkedHashMap<>();
            for (Map.Entry<Core, Integer> entry : cores.entrySet()) {
                Core at = entry.getKey();
                put(next, closed(at, name), entry.getValue());
                if (isUseful(at, nameAtoms[name])) {
                    int bytes = entry.getValue() + 4 + tree.bytes(name);
                    read(at, name, bytes, (after, cost) -> put(next, closed(after, name), cost));
                }
            }
            cores = next;
        }
        for (int c = 0; c < classes.size(); c++) {
            cores = classMembers(cores, c, used);
        }
        Reach reach = Reach.NONE;
        for (Map.Entry<Core, Integer> entry : cores.entrySet()) {
            int result = result(entry.getKey());
            if (result >= 0) {
                reach = reach.or(result, Reach.add(entry.getValue(), 1));
            }
        }
        return reach;
    }

    private Map<Core, Integer> classMembers(Map<Core, Integer> start, int keyClass, UsedKeys used) {
        int left = left(keyClass, used);
        Map<Core, Integer> all = new LinkedHashMap<>(start);
        Map<Core, Integer> last = start;
        TakenKeys taken = taken(used);
        List<KeyClasses.Word> words = List.of();
        boolean improved = true;
        for (int n = 0; n < left && improved; n++) {
            Map<Core, Integer> next = new LinkedHashMap<>();
            for (Map.Entry<Core, Integer> entry : last.entrySet()) {
                if (!isUseful(entry.getKey(), classAtoms[keyClass])) {
                    continue;
                }
                if (words.size() <= n) {
                    words = classes.shortest(keyClass, classes.automaton().start(), "", taken, 2 * n + 1);
                }
                int cost = Reach.add(entry.getValue(), 4 + words.get(n).bytes());
                read(entry.getKey(), -1 - keyClass, cost, (after, sum) -> put(next, after, sum));
            }
            improved = false;
            for (Map.Entry<Core, Integer> entry : next.entrySet()) {
                Integer known = all.get(entry.getKey());
                if (known == null || entry.getValue() < known) {
                    all.put(entry.getKey(), entry.getValue());
                    improved = true;
                }
            }
            last = next;
        }
        return all;
    }

    private interface Sink {
        void accept(Core core, int cost);
    }

    private void read(Core core, int choice, int bytes, Sink sink) {
        Child child = child(core, choice);
        Reach reach = language.reach(child.goal());
        for (int i = 0; i < reach.size(); i++) {
            sink.accept(child.cores().get(reach.result(i)), Reach.add(bytes, reach.cost(i)));
        }
    }

    private static void put(Map<Core, Integer> cores, Core core, int cost) {
        if (!core.isDead()) {
            cores.merge(core, cost, Math::min);
        }
    }

    /** The core once a name cannot come any more. */
    private Core closed(Core core, int name) {
        Core rest = core;
        for (int atom : nameAtoms[name]) {
            if (atomName.containsKey(atom)) {
                rest = rest.decided(diagrams, atom, false);
            }
        }
        return rest;
    }

    /** Whether a member can do anything but harm. */
    private boolean isUseful(Core core, int[] atoms) {
        for (int atom : atoms) {
            if (diagrams.dependsOn(core.diagram(), atom) && !language.forbids(core.diagram(), atom)) {
                return true;
            }
        }
        return false;
    }

    private int[] usefulNames(Core core, UsedKeys used) {
        BitSet found = new BitSet();
        BitSet support = diagrams.support(core.diagram());
        for (int atom = support.nextSetBit(0); atom >= 0; atom = support.nextSetBit(atom + 1)) {
            Integer own = atomName.get(atom);
            if (own != null) {
                found.set(own);
            } else if (!language.forbids(core.diagram(), atom)) {
                for (int name = 0; name < nameAtoms.length; name++) {
                    found.set(name, found.get(name) || Arrays.binarySearch(nameAtoms[name], atom) >= 0);
                }
            }
        }
        return found.stream().filter(name -> !used.has(name)).toArray();
    }

    /** What can be reached from before a value on. */
    Reach reachValue(Child child, UsedKeys then) {
        Reach values = language.reach(child.goal());
        Reach reach = Reach.NONE;
        for (int i = 0; i < values.size(); i++) {
            reach = reach.or(reach(child.cores().get(values.result(i)), then).plus(values.cost(i)));
        }
        return reach;
    }
}
