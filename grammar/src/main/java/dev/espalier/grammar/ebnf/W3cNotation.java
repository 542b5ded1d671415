// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.writing.ClassText;
import dev.espalier.grammar.writing.Notation;
import dev.espalier.grammar.writing.Refusal;
import dev.espalier.grammar.writing.RepeatForm;
import dev.espalier.grammar.writing.RuleNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the W3C's EBNF can say, and how. */
final class W3cNotation extends Notation {

    private static final RuleNames.Form NAMES =
            new RuleNames.Form("[a-zA-Z_][a-zA-Z0-9_.]*", "[^a-zA-Z0-9_.]", "_", "_", false, Set.of());

    W3cNotation() {
        super("the W3C's EBNF");
    }

    @Override
    protected RuleNames names(Grammar grammar) {
        return RuleNames.of(grammar, NAMES, Optional.empty());
    }

    @Override
    protected List<String> literal(String characters, Refusal refusal) {
        return QuotedPieces.of(characters, ClassText::isVisible, W3cNotation::numbered);
    }

    /** Numbers would run on into letters and digits behind them: either all ends are letters and digits, or all are numbers. */
    @Override
    protected String characterClass(CodePoints members) {
        String plain = ClassText.of(members, Character::toString);
        return plain.matches("\\[\\^?[a-zA-Z0-9_][a-zA-Z0-9_-]*]")
                ? plain
                : ClassText.of(members, W3cNotation::numbered);
    }

    private static String numbered(int c) {
        return "#x%X".formatted(c);
    }

    @Override
    protected Optional<RepeatForm> repeat(int min, int max) {
        return RepeatForm.simple(min, max);
    }

    @Override
    protected boolean hasDifferences() {
        return true;
    }
}
