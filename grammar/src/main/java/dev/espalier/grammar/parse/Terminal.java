// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.grammar.CodePoints;

/**
 * What one step of a text may be: one of some characters, or a token.
 *
 * @param members the characters; none for a token
 * @param token the token's name; empty for characters
 */
record Terminal(CodePoints members, String token) {

    static Terminal of(CodePoints members) {
        return new Terminal(members, "");
    }

    static Terminal of(String token) {
        return new Terminal(CodePoints.NONE, token);
    }

    boolean isToken() {
        return !token.isEmpty();
    }

    /** Whether no text is it. */
    boolean isNothing() {
        return !isToken() && members.isEmpty();
    }

    /** As messages have it. */
    String shown() {
        return isToken() ? token : CharacterText.of(members);
    }
}
