// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.ebnf.MacroCall.Argument;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.syntax.XGrammarParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Puts the calls of macros together as the parser meets their parts. */
final class MacroCalls {

    private final SourceText source;
    private final XGrammarCharacters characters;
    private final Deque<List<Argument>> open = new ArrayDeque<>();
    private MacroCall call = new MacroCall("", 0);
    private int before;

    /** Whether the last thing in a tuple is a comma. */
    private boolean isTrailing;

    MacroCalls(SourceText source, XGrammarCharacters characters) {
        this.source = source;
        this.characters = characters;
    }

    /** The call that was read last. */
    MacroCall call() {
        return call;
    }

    /** Looks at where a rule of the parser begins. */
    void enter(ParserRuleContext context, Token token) {
        switch (context.getRuleIndex()) {
            case XGrammarParser.RULE_macro -> {
                call = new MacroCall(token.getText(), token.getStartIndex());
                open.push(call.positional());
                isTrailing = false;
            }
            case XGrammarParser.RULE_argument -> before = call.positional().size();
            case XGrammarParser.RULE_tuple -> open.push(new ArrayList<>());
            case XGrammarParser.RULE_more -> {
                checkTrailing(token);
                isTrailing = true;
            }
            default -> {}
        }
    }

    private void checkTrailing(Token token) {
        if (isTrailing) {
            throw source.error("expected a value between two commas", token.getStartIndex());
        }
    }

    /** Looks at what a rule of the parser has read. */
    void leave(ParserRuleContext context) {
        Token token = context.start;
        switch (context.getRuleIndex()) {
            case XGrammarParser.RULE_plain -> plain(token);
            case XGrammarParser.RULE_tuple -> {
                List<Argument> items = open.pop();
                add(new Argument.Tuple(items, token.getStartIndex()));
            }
            case XGrammarParser.RULE_value -> {
                if (token.getType() == XGrammarParser.NAME) {
                    add(new Argument.Word(token.getText(), token.getStartIndex()));
                }
            }
            case XGrammarParser.RULE_argument -> argument(((XGrammarParser.ArgumentContext) context).word);
            case XGrammarParser.RULE_macro -> open.pop();
            default -> {}
        }
    }

    private void plain(Token token) {
        int offset = token.getStartIndex();
        switch (token.getType()) {
            case XGrammarParser.LITERAL ->
                add(new Argument.Text(characters.literal(offset + 1, token.getStopIndex()), offset));
            case XGrammarParser.NUMBER -> add(new Argument.Digits(token.getText(), offset));
            case XGrammarParser.EMPTY -> add(new Argument.Tuple(List.of(), offset));
            default -> {}
        }
    }

    private void add(Argument argument) {
        open.element().add(argument);
        isTrailing = false;
    }

    /** Ends an argument, which is a word alone, a word with a value, or a value alone. */
    private void argument(@Nullable Token word) {
        if (word == null) {
            return;
        }
        List<Argument> all = call.positional();
        if (all.size() == before) {
            add(new Argument.Word(word.getText(), word.getStartIndex()));
        } else if (call.named().put(word.getText(), all.remove(before)) != null) {
            throw new SyntaxException(
                    "a second argument called \"" + word.getText() + "\"", source.place(word.getStartIndex()));
        }
    }
}
