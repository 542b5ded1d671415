// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.schemas.diagram.AtomSet;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.diagram.Units;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The residual obligation of a container: atoms that must come true, atoms that must stay false, a decision diagram over the others,
 * and hit counts of the atoms that need more than one hit. Equal demands are equal cores. Immutable.
 *
 * <p>A member or item that affects only the first two kinds makes no new diagram: most containers never make one.
 *
 * @param wanted atoms of members or items that must come true
 * @param barred atoms that must stay false
 * @param rest a diagram over others
 * @param hits atom and hits in turn, by ascending atom
 */
public record Core(AtomSet wanted, AtomSet barred, int rest, List<Integer> hits) {

    /** The core that nothing satisfies. */
    public static final Core DEAD = new Core(AtomSet.NONE, AtomSet.NONE, Diagrams.DEAD, List.of());

    /** The core of a diagram over atoms, before any hit. */
    public static Core of(Diagrams diagrams, int diagram) {
        Units units = diagrams.units(diagram);
        return new Core(units.wanted(), units.barred(), units.rest(), List.of());
    }

    public boolean isDead() {
        return rest == Diagrams.DEAD;
    }

    /** True if nothing that may still come changes the result. */
    public boolean isSettled() {
        return wanted.isEmpty() && barred.isEmpty() && Diagrams.isEnd(rest);
    }

    /** This core without the hits of atoms that must stay false. */
    public Core unhit() {
        List<Integer> kept = hits;
        for (int i = 0; i < hits.size(); i += 2) {
            kept = barred.has(hits.get(i)) ? without(kept, hits.get(i)) : kept;
        }
        return kept.equals(hits) ? this : new Core(wanted, barred, rest, kept);
    }

    /** True if no atom that must stay false has more hits than in another core, which differs in such hits only. */
    boolean isHitNoMore(Core other) {
        for (int i = 0; i < hits.size(); i += 2) {
            if (barred.has(hits.get(i)) && hits.get(i + 1) > other.hits(hits.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether an atom still matters. */
    public boolean isPending(Diagrams diagrams, int atom) {
        return wanted.has(atom) || barred.has(atom) || diagrams.support(rest).get(atom);
    }

    /** The atoms that still matter; the caller's own. */
    public BitSet pending(Diagrams diagrams) {
        BitSet all = wanted.bits();
        all.or(barred.bits());
        all.or(diagrams.support(rest));
        return all;
    }

    /** The result if the container ends now, so that every undecided atom is false; -1 if it must not end. */
    public int result(Diagrams diagrams) {
        int at = wanted.isEmpty() ? rest : Diagrams.DEAD;
        while (at >= 0) {
            at = diagrams.branch(at, false);
        }
        return at == Diagrams.DEAD ? -1 : Diagrams.result(at);
    }

    /** The core once an atom has a truth value. */
    public Core decided(Diagrams diagrams, int atom, boolean value) {
        if (wanted.has(atom)) {
            return value ? without(atom) : DEAD;
        }
        if (barred.has(atom)) {
            return value ? DEAD : without(atom);
        }
        return with(diagrams, diagrams.restrict(rest, atom, value));
    }

    /** The core once several atoms have a truth value. */
    public Core decided(Diagrams diagrams, BitSet atoms, boolean value) {
        Core core = this;
        for (int atom = atoms.nextSetBit(0); atom >= 0; atom = atoms.nextSetBit(atom + 1)) {
            if (wanted.has(atom) || barred.has(atom)) {
                core = core.decided(diagrams, atom, value);
                if (core.isDead()) {
                    return core;
                }
            }
        }
        return core.with(diagrams, diagrams.restrictAll(rest, atoms, value));
    }

    private Core without(int atom) {
        return new Core(wanted.without(atom), barred.without(atom), rest, without(hits, atom));
    }

    private static List<Integer> without(List<Integer> hits, int atom) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < hits.size(); i += 2) {
            if (hits.get(i) != atom) {
                kept.add(hits.get(i));
                kept.add(hits.get(i + 1));
            }
        }
        return kept.size() == hits.size() ? hits : List.copyOf(kept);
    }

    /** The core without some atoms that must come true, as if they had come true. */
    public Core withoutWanted(BitSet atoms) {
        return new Core(wanted.without(atoms), barred, rest, hits);
    }

    /** The core with another diagram over the same atoms. */
    public Core with(Diagrams diagrams, int changed) {
        if (changed == rest) {
            return this;
        }
        if (changed == Diagrams.DEAD) {
            return DEAD;
        }
        Units units = diagrams.units(changed);
        Core core = new Core(wanted.with(units.wanted()), barred.with(units.barred()), units.rest(), hits);
        List<Integer> kept = hits;
        for (int i = 0; i < hits.size(); i += 2) {
            kept = core.isPending(diagrams, hits.get(i)) ? kept : without(kept, hits.get(i));
        }
        return kept.equals(hits) ? core : new Core(core.wanted, core.barred, core.rest, kept);
    }

    /** The conjunction of this core with a diagram over atoms that do not matter yet. */
    public Core and(Diagrams diagrams, int truth) {
        return with(diagrams, diagrams.choose(truth, rest, Diagrams.DEAD));
    }

    /** The hits so far of a pending atom that needs more than one. */
    public int hits(int atom) {
        for (int i = 0; i < hits.size(); i += 2) {
            if (hits.get(i) == atom) {
                return hits.get(i + 1);
            }
        }
        return 0;
    }

    /** The core after one more hit of an atom that needs {@code n}. */
    public Core hit(Diagrams diagrams, int atom, int n) {
        if (n == 1) {
            return decided(diagrams, atom, true);
        }
        if (!isPending(diagrams, atom)) {
            return this;
        }
        List<Integer> more = new ArrayList<>(hits);
        int at = 0;
        while (at < more.size() && more.get(at) < atom) {
            at += 2;
        }
        if (at == more.size() || more.get(at) != atom) {
            more.add(at, 0);
            more.add(at, atom);
        }
        int now = more.get(at + 1) + 1;
        if (now >= n) {
            return decided(diagrams, atom, true);
        }
        more.set(at + 1, now);
        return new Core(wanted, barred, rest, List.copyOf(more));
    }
}
