// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.atom;

import dev.espalier.core.WorkBudget;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.format.TextKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** A language of keys of objects. */
public sealed interface KeySet {

    /** All keys. */
    KeySet ALL = new Except(Set.of(), List.of());

    /** Whether a key belongs to it. */
    boolean contains(String key);

    /** One key. */
    record Name(String name) implements KeySet {
        @Override
        public boolean contains(String key) {
            return name.equals(key);
        }
    }

    /** The keys that an automaton accepts. */
    record Matching(CharacterAutomaton automaton) implements KeySet {
        @Override
        public boolean contains(String key) {
            return automaton.run(key) >= 0;
        }
    }

    /** All keys but some names and those that some automata accept. */
    record Except(Set<String> names, List<CharacterAutomaton> automata) implements KeySet {
        @Override
        public boolean contains(String key) {
            return !names.contains(key) && automata.stream().allMatch(a -> a.run(key) < 0);
        }
    }

    /**
     * The keys of a language that no automaton has.
     *
     * @param rows an automaton of what is regular in it
     * @param kinds what is not
     * @param wanted by outcome of the automaton, the sets of verdicts (bit i: kind i holds) of the keys that belong to it; what has
     *     no outcome does not
     */
    record Reading(CharacterAutomaton rows, List<TextKind> kinds, List<BitSet> wanted) implements KeySet {

        @Override
        public boolean contains(String key) {
            int verdicts = 0;
            for (int i = 0; i < kinds.size(); i++) {
                verdicts |= kinds.get(i).contains(key) ? 1 << i : 0;
            }
            int row = rows.run(key);
            return row >= 0 && wanted.get(row).get(verdicts);
        }

        /** All other keys. */
        public Reading complement(WorkBudget budget) {
            int outcomes = wanted.size();
            CharacterAutomaton total = CharacterAutomatonBuilder.product(
                    List.of(rows, CharacterAutomaton.ALL), both -> both[0] >= 0 ? both[0] : outcomes, budget);
            List<BitSet> others = new ArrayList<>();
            for (int row = 0; row <= outcomes; row++) {
                BitSet set = new BitSet();
                set.set(0, 1 << kinds.size());
                if (row < outcomes) {
                    set.andNot(wanted.get(row));
                }
                others.add(set);
            }
            return new Reading(total, kinds, others);
        }
    }
}
