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
 * The atoms of one schema text, numbered as they are first met: that is the order of the variables. Some numbers before all
 * of those are kept for atoms that are to be looked at first, {@link #first}. Not thread-safe.
 */
public final class Atoms {

    private final Diagrams diagrams;
    private final Set<TextKind> checkedAtEnd;
    private final Atom[] early;
    private int earlyLeft;
    private final List<Atom> atoms = new ArrayList<>();
    private final Map<Atom, Integer> index = new HashMap<>();

    /**
     * No atoms yet.
     *
     * @param early so many can be looked at before all others
     * @param checkedAtEnd what is asked of texts and only kept when a text is finished
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

    /** Whether what is asked of a text is only kept when the text is finished. */
    public boolean isCheckedAtEnd(TextKind kind) {
        return checkedAtEnd.contains(kind);
    }

    /** Whether a variable is looked at before all others. */
    public boolean isEarly(int variable) {
        return variable < early.length;
    }

    /** How many more atoms can be looked at before all others. */
    public int earlyLeft() {
        return earlyLeft;
    }

    /**
     * Numbers for some atoms before all that have been numbered so far: second ones where they have one, with the same meaning.
     * They are consecutive, in the order given.
     *
     * @param wanted no more than {@link #earlyLeft}
     * @return the number of the first
     */
    public int first(List<? extends Atom> wanted) {
        earlyLeft -= wanted.size();
        for (int i = 0; i < wanted.size(); i++) {
            early[earlyLeft + i] = wanted.get(i);
        }
        return earlyLeft;
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

    /** The truth of an atom, as a diagram. */
    public int truth(Atom atom) {
        int next = early.length + atoms.size();
        Integer known = index.putIfAbsent(atom, next);
        if (known == null) {
            atoms.add(atom);
            known = next;
        }
        return diagrams.variable(known);
    }

    /** The opposite of an atom. */
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
