package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The atoms of one schema text, numbered as they are first met: that is the order of the variables. Not thread-safe. */
final class Atoms {

    private final Diagrams diagrams;
    private final List<Atom> atoms = new ArrayList<>();
    private final Map<Atom, Integer> index = new HashMap<>();

    Atoms(Diagrams diagrams) {
        this.diagrams = diagrams;
    }

    /** The atom of a variable. */
    Atom get(int variable) {
        return atoms.get(variable);
    }

    /** The lane that an atom of members or items looks at. */
    int lane(int atom) {
        Atom found = get(atom);
        return found instanceof Atom.Members members
                ? members.lane()
                : found instanceof Atom.Items items ? items.lane() : Atom.ANY_VALUE;
    }

    /** The verdict that an atom of members or items counts. */
    boolean verdict(int atom) {
        Atom found = get(atom);
        return found instanceof Atom.Members members
                ? members.verdict()
                : !(found instanceof Atom.Items items) || items.verdict();
    }

    /** The hits that an atom of members or items wants. */
    int hitsWanted(int atom) {
        Atom found = get(atom);
        return found instanceof Atom.Members members ? members.n() : found instanceof Atom.Items items ? items.n() : 1;
    }

    /** The truth of an atom, as a diagram. */
    int truth(Atom atom) {
        Integer known = index.putIfAbsent(atom, atoms.size());
        if (known == null) {
            atoms.add(atom);
            known = atoms.size() - 1;
        }
        return diagrams.variable(known);
    }

    /** The opposite of an atom. */
    int not(Atom atom) {
        return diagrams.not(truth(atom));
    }

    /** At least n members with such keys exist. */
    int members(int n, KeySet keys) {
        return n <= 0 ? Diagrams.ZERO : truth(new Atom.Members(n, keys, Atom.ANY_VALUE, true));
    }

    /** An object has a key. */
    int has(String key) {
        return members(1, new KeySet.Name(key));
    }

    /** At least n items exist in an interval of indices. */
    int items(int n, int from, int to) {
        return n <= 0 ? Diagrams.ZERO : truth(new Atom.Items(n, from, to, Atom.ANY_VALUE, true));
    }

    /** An array has at least n items. */
    int longAs(int n) {
        return n <= 0 ? Diagrams.ZERO : items(1, n - 1, n);
    }

    /** An array has at most n items. */
    int shortAs(int n) {
        return diagrams.not(items(1, n, Integer.MAX_VALUE));
    }
}
