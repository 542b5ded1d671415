package dev.espalier.schemas;

import java.util.List;
import java.util.Set;

/** A regular language of keys of objects. */
sealed interface KeySet {

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
}
