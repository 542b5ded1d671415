package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What is left to decide in a container: a diagram over its atoms, and how often those atoms that want more than one hit
 * were hit. Immutable.
 *
 * @param diagram over atoms of members or items
 * @param hits atom and hits in turn, by ascending atom
 */
record Core(int diagram, List<Integer> hits) {

    /** Nothing hit yet. */
    static Core of(int diagram) {
        return new Core(diagram, List.of());
    }

    boolean isDead() {
        return diagram == Diagrams.DEAD;
    }

    /** After an atom's value is known. */
    Core decided(Diagrams diagrams, int atom, boolean value) {
        return with(diagrams, diagrams.restrict(diagram, atom, value));
    }

    /** After the values of several atoms are known. */
    Core decided(Diagrams diagrams, BitSet atoms, boolean value) {
        return with(diagrams, diagrams.restrictAll(diagram, atoms, value));
    }

    private Core with(Diagrams diagrams, int rest) {
        if (rest == diagram) {
            return this;
        }
        List<Integer> kept = hits;
        if (!hits.isEmpty()) {
            kept = new ArrayList<>();
            for (int i = 0; i < hits.size(); i += 2) {
                if (diagrams.support(rest).get(hits.get(i))) {
                    kept.add(hits.get(i));
                    kept.add(hits.get(i + 1));
                }
            }
        }
        return new Core(rest, List.copyOf(kept));
    }

    /** After one more hit of an atom that wants {@code n}. */
    Core hit(Diagrams diagrams, int atom, int n) {
        if (n == 1) {
            return decided(diagrams, atom, true);
        }
        if (!diagrams.dependsOn(diagram, atom)) {
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
        return new Core(diagram, List.copyOf(more));
    }
}
