// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.writing.Notation;
import dev.espalier.grammar.writing.Refusal;
import dev.espalier.grammar.writing.RepeatForm;
import dev.espalier.grammar.writing.RuleNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What ISO/IEC 14977 can say, and how. */
final class IsoNotation extends Notation {

    private static final RuleNames.Form NAMES =
            new RuleNames.Form("[a-zA-Z][a-zA-Z0-9]*", "[^a-zA-Z0-9]", "x", "x", false, Set.of());

    IsoNotation() {
        super("ISO 14977");
    }

    @Override
    protected RuleNames names(Grammar grammar) {
        return RuleNames.of(grammar, NAMES, Optional.empty());
    }

    @Override
    protected String definition() {
        return " = ";
    }

    @Override
    protected String end() {
        return ";\n";
    }

    @Override
    protected String separator() {
        return ", ";
    }

    @Override
    protected String empty() {
        return "";
    }

    @Override
    protected List<String> literal(String characters, Refusal refusal) {
        return QuotedPieces.of(characters, c -> c != '\n' && c != '\r', c -> {
            throw refusal.of("Literal", "its literals have no line breaks");
        });
    }

    @Override
    protected boolean hasClasses() {
        return false;
    }

    @Override
    protected String characterClass(CodePoints members) {
        throw new IllegalStateException("classes are written as alternatives");
    }

    @Override
    protected Optional<RepeatForm> repeat(int min, int max) {
        if (min == max) {
            return Optional.of(new RepeatForm(min + " * ", "", false));
        } else if (min == 0 && max == Expression.UNBOUNDED) {
            return Optional.of(new RepeatForm("{", "}", true));
        } else if (min == 0) {
            return Optional.of(new RepeatForm(max == 1 ? "[" : max + " * [", "]", true));
        }
        return Optional.empty();
    }

    @Override
    protected boolean hasDifferences() {
        return true;
    }
}
