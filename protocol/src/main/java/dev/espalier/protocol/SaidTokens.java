// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.tool.AnswerListener;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Puts together the tokens of all that an answer says to the user. */
final class SaidTokens implements AnswerListener {

    private final ContentTokens tokens;
    private final ArrayNode all = JsonNodeFactory.instance.arrayNode();

    SaidTokens(ContentTokens tokens) {
        this.tokens = tokens;
    }

    /** The tokens, once the answer has ended. */
    ArrayNode all() {
        return all;
    }

    @Override
    public void onTextBegin(int place) {
        tokens.begin(place);
    }

    @Override
    public void onText(String chunk) {
        tokens.whenKnown(() -> all.addAll(tokens.next(chunk)));
    }

    @Override
    public void onRestart() {
        all.removeAll();
    }
}
