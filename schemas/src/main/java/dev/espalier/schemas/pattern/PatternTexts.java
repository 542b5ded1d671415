// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.format.TextKind;
import java.util.List;

/** The texts that match a pattern, as a boolean function of languages. */
public sealed interface PatternTexts {

    /** The texts that an automaton accepts. */
    record Regular(CharacterAutomaton automaton) implements PatternTexts {}

    /** The texts of a language whose automaton would be too large. */
    record Read(TextKind kind) implements PatternTexts {}

    /** The texts of all of these. */
    record Both(List<PatternTexts> parts) implements PatternTexts {}

    /** The texts of any of these. */
    record Either(List<PatternTexts> parts) implements PatternTexts {}

    /** The other texts. */
    record Not(PatternTexts part) implements PatternTexts {}

    /** Whether a text is one of these. */
    default boolean contains(String text) {
        if (this instanceof Regular regular) {
            return regular.automaton.run(text) >= 0;
        } else if (this instanceof Read read) {
            return read.kind.contains(text);
        } else if (this instanceof Both both) {
            return both.parts.stream().allMatch(part -> part.contains(text));
        } else if (this instanceof Either either) {
            return either.parts.stream().anyMatch(part -> part.contains(text));
        }
        return !((Not) this).part.contains(text);
    }

    /** The estimated bytes of the automata. */
    default long bytes() {
        if (this instanceof Regular regular) {
            return regular.automaton.bytes();
        } else if (this instanceof Both both) {
            return both.parts.stream().mapToLong(PatternTexts::bytes).sum();
        } else if (this instanceof Either either) {
            return either.parts.stream().mapToLong(PatternTexts::bytes).sum();
        }
        return this instanceof Not not ? not.part.bytes() : 1_000;
    }
}
