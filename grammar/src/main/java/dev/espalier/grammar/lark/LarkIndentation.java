// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.LexedGrammar.Indentation;
import dev.espalier.grammar.LexedGrammar.Token;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Indentation as Lark's {@code PythonIndenter} has it: {@code %declare _INDENT _DEDENT} asks for it, {@code _NEWLINE} ends lines, and lines go on between {@code (}, {@code [}, {@code {} and
 * what closes them.
 */
final class LarkIndentation {

    static final String NEWLINE = "_NEWLINE";

    private static final String INDENT = "_INDENT";
    private static final String DEDENT = "_DEDENT";
    private static final Set<String> OPENING = Set.of("LPAR", "LSQB", "LBRACE");
    private static final Set<String> CLOSING = Set.of("RPAR", "RSQB", "RBRACE");

    private LarkIndentation() {}

    /**
     * Whether a grammar asks for it. Other terminals that are declared are none that the lexer finds.
     *
     * @throws UnsupportedFeatureException if it declares one of the two terminals alone
     * @throws ReferenceException if it has no newlines
     */
    static boolean isAskedFor(LarkDefinitions definitions) {
        Set<String> names = new HashSet<>();
        definitions.declared().forEach(declare -> names.addAll(declare.names()));
        if (names.isEmpty()) {
            return false;
        }
        LarkNode.Spot spot = definitions.declared().get(0).spot();
        if (!names.contains(INDENT) && !names.contains(DEDENT)) {
            return false;
        } else if (!names.containsAll(Set.of(INDENT, DEDENT))) {
            throw new UnsupportedFeatureException(
                    "%declare", INDENT + " and " + DEDENT + " are declared together", LarkDefinitions.place(spot));
        } else if (!definitions.all().containsKey(NEWLINE)) {
            throw new ReferenceException("indentation needs a terminal " + NEWLINE, LarkDefinitions.place(spot));
        }
        return true;
    }

    /** The terminals that are declared and have no text. */
    static Set<String> declared(LarkDefinitions definitions) {
        Set<String> names = new HashSet<>();
        definitions.declared().forEach(declare -> names.addAll(declare.names()));
        names.removeAll(definitions.all().keySet());
        return names;
    }

    /** Whether indentation makes a terminal, which has no text of its own. */
    static boolean isMade(String terminal) {
        return terminal.equals(INDENT) || terminal.equals(DEDENT);
    }

    /**
     * What tokens mean for indentation.
     *
     * @param behind the modes that each terminal may lead to
     */
    static Indentation of(List<List<Token>> modes, Map<String, Set<Integer>> behind) {
        return new Indentation(
                named(modes, Set.of(NEWLINE)),
                made(INDENT, behind),
                made(DEDENT, behind),
                named(modes, OPENING),
                named(modes, CLOSING));
    }

    private static Set<String> named(List<List<Token>> modes, Set<String> terminals) {
        Set<String> names = new HashSet<>();
        modes.forEach(mode -> mode.stream()
                .filter(token -> !token.isSkipped())
                .map(Token::name)
                .filter(name -> terminals.contains(name.substring(0, name.lastIndexOf('@'))))
                .forEach(names::add));
        return names;
    }

    private static Map<String, Integer> made(String terminal, Map<String, Set<Integer>> behind) {
        Map<String, Integer> made = new HashMap<>();
        behind.getOrDefault(terminal, Set.of()).forEach(mode -> made.put(LexerContexts.name(terminal, mode), mode));
        return made;
    }
}
