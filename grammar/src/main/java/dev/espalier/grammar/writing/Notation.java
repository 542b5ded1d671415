// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression.TokenTerminal;
import dev.espalier.grammar.Grammar;
import java.util.List;
import java.util.Optional;

/**
 * What a notation can say, and how. {@link GrammarText} writes grammars by it. Rules are written as a name, a sign, alternatives separated by {@code |}; groups
 * are in parentheses. Immutable.
 */
public abstract class Notation {

    private final String title;

    /**
     * A notation.
     *
     * @param title what messages call it
     */
    protected Notation(String title) {
        this.title = title;
    }

    final String title() {
        return title;
    }

    /** What rules are called. */
    protected abstract RuleNames names(Grammar grammar);

    /** What stands behind the name of a rule. */
    protected String definition() {
        return " ::= ";
    }

    /** What stands behind a rule. */
    protected String end() {
        return "\n";
    }

    /** What stands between the items of a sequence. */
    protected String separator() {
        return " ";
    }

    /** The empty text, as an alternative. */
    protected String empty() {
        return "\"\"";
    }

    /** Characters, of which there is at least one: the items of a sequence. */
    protected abstract List<String> literal(String characters, Refusal refusal);

    /** Whether there are classes of characters; if not, they are written as alternatives. */
    protected boolean hasClasses() {
        return true;
    }

    /** A class that has members. */
    protected abstract String characterClass(CodePoints members);

    /** A repetition, other than exactly once and never; empty: there is no form, and it is written by rules. */
    protected abstract Optional<RepeatForm> repeat(int min, int max);

    /** Whether there is {@code A - B} for regular operands. */
    protected boolean hasDifferences() {
        return false;
    }

    /** A token of the vocabulary. */
    protected String token(TokenTerminal token, Refusal refusal) {
        throw refusal.of(token.getClass().getSimpleName(), "it has characters only");
    }
}
