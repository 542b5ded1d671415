// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.grammar.lark.LarkNode.Spot;
import java.util.List;
import java.util.Map;

/**
 * A grammar file as it is written, without its names resolved. Immutable.
 *
 * @param statements in the order they are written
 */
record LarkFile(List<Statement> statements) {

    LarkFile {
        statements = List.copyOf(statements);
    }

    /** A line, with those that belong to it. */
    sealed interface Statement {

        /** Where it is. */
        Spot spot();
    }

    /** How a definition meets one of the same name. */
    enum Kind {
        NEW,
        OVERRIDE,
        EXTEND
    }

    /**
     * A rule or terminal.
     *
     * @param modifiers what is written before the name: {@code ?} and {@code !}
     * @param attributes of llguidance, by name, as they are written
     */
    record Definition(
            Kind kind,
            String name,
            String modifiers,
            List<String> parameters,
            int priority,
            boolean hasPriority,
            Map<String, String> attributes,
            LarkNode body,
            Spot spot)
            implements Statement {

        boolean isTerminal() {
            return LarkNode.isTerminal(name);
        }
    }

    /** What may be anywhere between tokens. */
    record Ignore(LarkNode body, Spot spot) implements Statement {}

    /**
     * Names of another file.
     *
     * @param isRelative whether the file is beside this one
     * @param path names of folders and of the file
     * @param names by the name there, the name here
     */
    record Import(boolean isRelative, List<String> path, Map<String, String> names, Spot spot) implements Statement {}

    /** Names that something else defines. */
    record Declare(List<String> names, Spot spot) implements Statement {}

    /** llguidance's options. */
    record Settings(String json, Spot spot) implements Statement {}
}
