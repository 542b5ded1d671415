// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Translates while the parser runs, so that no tree is kept. ANTLR reports the end of a rule also when an exception
 * passes through it; after {@link #abandon()}, or once a translation itself has failed, such reports are ignored.
 */
public abstract class TreeListener implements ParseTreeListener {

    private boolean abandoned;

    /** Called where a rule begins; only {@code context.start} is known. */
    protected abstract void enter(ParserRuleContext context);

    /** Called where a rule has been read. */
    protected abstract void leave(ParserRuleContext context);

    /** Ignores everything from here on, since the parse has failed. */
    final void abandon() {
        abandoned = true;
    }

    @Override
    public final void enterEveryRule(ParserRuleContext context) {
        if (!abandoned) {
            abandoned = true;
            enter(context);
            abandoned = false;
        }
    }

    @Override
    public final void exitEveryRule(ParserRuleContext context) {
        if (!abandoned) {
            abandoned = true;
            leave(context);
            abandoned = false;
        }
    }

    @Override
    public final void visitTerminal(TerminalNode node) {}

    @Override
    public final void visitErrorNode(ErrorNode node) {}
}
