// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.grammar.antlr.AntlrNode.Spot;
import java.util.List;
import java.util.Map;

/**
 * A grammar file as it is written, without its names resolved. Immutable.
 *
 * @param kind {@code lexer}, {@code parser}, or empty for both in one
 * @param options by name, as they are written
 * @param imports names of grammars, in the order they are written
 * @param tokens names of tokens that no rule need define
 */
record AntlrFile(
        String kind,
        String name,
        Map<String, String> options,
        List<Imported> imports,
        List<String> tokens,
        List<Definition> definitions) {

    /** The mode in which lexers begin. */
    static final String DEFAULT_MODE = "DEFAULT_MODE";

    AntlrFile {
        options = Map.copyOf(options);
        imports = List.copyOf(imports);
        tokens = List.copyOf(tokens);
        definitions = List.copyOf(definitions);
    }

    /** A grammar that is imported. */
    record Imported(String name, Spot spot) {}

    /**
     * A rule.
     *
     * @param mode the lexer's mode, for tokens
     * @param options by name, as they are written
     */
    record Definition(
            String name,
            boolean isFragment,
            String mode,
            Map<String, String> options,
            List<Alternative> alternatives,
            Spot spot) {

        boolean isToken() {
            return isToken(name);
        }

        /** Whether a name is that of a token: it begins with a capital. */
        static boolean isToken(String name) {
            return Character.isUpperCase(name.codePointAt(0));
        }
    }

    /** One of a rule's alternatives, and what the lexer does behind it. */
    record Alternative(AntlrNode body, List<Command> commands) {
        Alternative {
            commands = List.copyOf(commands);
        }
    }

    /**
     * A command of a lexer.
     *
     * @param argument empty if it has none
     */
    record Command(String name, String argument, Spot spot) {}
}
