// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.WorkBudget;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A source as a lexer sees it. Every character past ASCII looks like U+007F: no lexical rule of ours tells them apart,
 * ANTLR remembers transitions only for ASCII, and the lexer's tables are then finite whatever texts it sees. The
 * text of a token is the true one.
 */
public final class SourceStream implements CharStream {

    private static final int LAST_ASCII = 0x7F;

    private final SourceText source;
    private final WorkBudget budget;
    private int index;

    public SourceStream(SourceText source, WorkBudget budget) {
        this.source = source;
        this.budget = budget;
    }

    @Override
    public void consume() {
        budget.spendSteps(8);
        index++;
    }

    @Override
    public int LA(int offset) {
        int at = offset > 0 ? index + offset - 1 : index + offset;
        if (offset == 0 || at < 0) {
            return 0;
        }
        return at >= source.length() ? IntStream.EOF : Math.min(source.at(at), LAST_ASCII);
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return index;
    }

    @Override
    public void seek(int target) {
        index = target;
    }

    @Override
    public int size() {
        return source.length();
    }

    @Override
    public String getSourceName() {
        return source.name().isEmpty() ? IntStream.UNKNOWN_SOURCE_NAME : source.name();
    }

    @Override
    public String getText(Interval interval) {
        return source.slice(interval.a, interval.b + 1);
    }
}
