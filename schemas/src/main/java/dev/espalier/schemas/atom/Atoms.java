// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.atom;

import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.format.TextKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The atoms of one schema text, numbered in the order in which they are first met, which is the variable order of its diagrams. Some
 * lower numbers are reserved for atoms to be tested first, see {@link #early}. Not thread-safe.
 */
public final class Atoms {

    private final Diagrams diagrams;
    private final Set<TextKind> checkedAtEnd;
    private final Atom[] early;
    private int earlyLeft;
    private final List<Atom> atoms = new ArrayList<>();
    private final Map<Atom, Integer> index = new HashMap<>();
    private final Map<Atom, Integer> earlyIndex = new HashMap<>();

    /**
     * No atoms yet.
     *
     * @param early the number of atoms that can be tested before all others
     * @param checkedAtEnd demands on texts that are only checked when a text is finished
     */
    public Atoms(Diagrams diagrams, int early, Set<TextKind> checkedAtEnd) {
        this.diagrams = diagrams;
        this.checkedAtEnd = checkedAtEnd;
        this.early = new Atom[early];
        this.earlyLeft = early;
    }

    /** The atom of a variable. */
    public Atom get(int variable) {
        return variable < early.length ? early[variable] : atoms.get(variable - early.length);
    }

    /** True if a demand on a text is only checked when the text is finished. */
    public boolean isCheckedAtEnd(TextKind kind) {
        return checkedAtEnd.contains(kind);
    }

    /** True if a variable is tested before all others. */
    public boolean isEarly(int variable) {
        return variable < early.length;
    }

    /** The number of atoms that can still be tested before all others. */
    public int earlyLeft() {
        return earlyLeft;
    }

    /**
     * Numbers of some atoms before those of all others. An atom that has a number gets a second one with the same meaning; one that has
     * an early number keeps it. New ones are consecutive, in the order given, and before all others. Where too few are left, atoms
     * have the numbers that they have anyway.
     */
    public int[] early(List<? extends Atom> wanted) {
        List<Atom> missing = new ArrayList<>();
        for (Atom atom : wanted) {
            if (!earlyIndex.containsKey(atom)) {
                missing.add(atom);
            }
        }
        if (missing.size() <= earlyLeft) {
            earlyLeft -= missing.size();
            for (int i = 0; i < missing.size(); i++) {
                early[earlyLeft + i] = missing.get(i);
                earlyIndex.put(missing.get(i), earlyLeft + i);
            }
        }
        return wanted.stream()
                .mapToInt(atom -> earlyIndex.getOrDefault(atom, number(atom)))
                .toArray();
    }

    /**
     * Numbers some atoms again, behind all others, in the order given. Atoms with the same meaning get one number.
     *
     * @return by old number, the new one; 0 for other atoms
     */
    public int[] again(List<Integer> order) {
        int[] renamed = new int[early.length + atoms.size()];
        Map<Atom, Integer> known = new HashMap<>();
        for (int atom : order) {
            Atom meant = get(atom);
            Integer number = known.putIfAbsent(meant, early.length + atoms.size());
            if (number == null) {
                number = early.length + atoms.size();
                atoms.add(meant);
            }
            renamed[atom] = number;
        }
        return renamed;
    }

    /** The lane that an atom of members or items looks at. */
    public int lane(int atom) {
        Atom found = get(atom);
        return found instanceof Atom.Members members
                ? members.lane()
                : found instanceof Atom.Items items ? items.lane() : Atom.ANY_VALUE;
    }

    /** The verdict that an atom of members or items counts. */
    public boolean verdict(int atom) {
        Atom found = get(atom);
        return found instanceof Atom.Members members
                ? members.verdict()
                : !(found instanceof Atom.Items items) || items.verdict();
    }

    /** The hits that an atom of members or items wants. */
    public int hitsWanted(int atom) {
        Atom found = get(atom);
        return found instanceof Atom.Members members ? members.n() : found instanceof Atom.Items items ? items.n() : 1;
    }

    /** The diagram that an atom is true. */
    public int truth(Atom atom) {
        return diagrams.variable(number(atom));
    }

    private int number(Atom atom) {
        int next = early.length + atoms.size();
        Integer known = index.putIfAbsent(atom, next);
        if (known == null) {
            atoms.add(atom);
            known = next;
        }
        return known;
    }

    /** The diagram that an atom is false. */
    public int not(Atom atom) {
        return diagrams.not(truth(atom));
    }

    /** A number passes a test. */
    public int number(NumberTest test) {
        return truth(new Atom.Number(test));
    }

    /** A string is one of a language. */
    public int text(CharacterAutomaton language) {
        return language.isEmpty()
                ? Diagrams.DEAD
                : language.equals(CharacterAutomaton.ALL) ? Diagrams.ZERO : truth(new Atom.Text(language));
    }

    /** At least n members with such keys exist. */
    public int members(int n, KeySet keys) {
        return n <= 0 ? Diagrams.ZERO : truth(new Atom.Members(n, keys, Atom.ANY_VALUE, true));
    }

    /** An object has a key. */
    public int has(String key) {
        return members(1, new KeySet.Name(key));
    }

    /** At least n items exist in an interval of indices. */
    public int items(int n, int from, int to) {
        return n <= 0 ? Diagrams.ZERO : truth(new Atom.Items(n, from, to, Atom.ANY_VALUE, true));
    }

    /** An array has at least n items. */
    public int longAs(int n) {
        return n <= 0 ? Diagrams.ZERO : items(1, n - 1, n);
    }

    /** An array has at most n items. */
    public int shortAs(int n) {
        return diagrams.not(items(1, n, Integer.MAX_VALUE));
    }
}
