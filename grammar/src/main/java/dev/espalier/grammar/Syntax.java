// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import java.util.Set;

/** What a file of a notation describes: rules over characters, or a lexer and rules over its tokens. Immutable. */
public sealed interface Syntax permits Grammar, LexedGrammar {

    /** The names of the rules, in the order in which they were written. */
    Set<String> ruleNames();
}
