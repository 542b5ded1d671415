// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.Matcher;

final class ForkExample {

    // guide: begin
    static String lookAhead(CompiledGrammar grammar) {
        Matcher matcher = grammar.matcher();
        matcher.accept(0); // ab
        Matcher other = matcher.fork(); // nothing is read again
        other.accept(1); // a
        matcher.accept(0);
        matcher.rollback(1); // as if it had not been accepted
        return matcher.length() + " token, " + other.length() + " tokens, at least " + matcher.leastTokensToEnd()
                + " more; within 1: " + matcher.mask(1).count() + " of "
                + matcher.mask().count() + " tokens";
    }
    // guide: end

    private ForkExample() {}
}
