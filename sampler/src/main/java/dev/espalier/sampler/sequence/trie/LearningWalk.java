// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenTree;

/**
 * A text that is written token by token through a {@link LearnedTrie}, which learns from it: by {@code p · θ} where the text has a
 * node, by p alone or by the masked p where it has none yet. The model is asked only when a token comes that leads to no
 * node. One thread at a time.
 */
final class LearningWalk {

    /** How far a text has come. */
    enum Stage {
        /** Something may follow. */
        OPEN,
        /** It is one of the language. */
        COMPLETE,
        /** It cannot become one of the language. */
        FAILED,
        /** Somebody asked to stop. */
        CANCELLED
    }

    private final LearnedTrie trie;
    private final TokenTree tree;
    private final boolean masked;
    private final Choices choices;
    private final double logStartBound;
    private Prefix text;
    private int node;
    private int deepest;
    private int parent = LearnedTrie.NONE;
    private double logToken;
    private double logRestOfParent;
    private double logProbability;
    private double logNewMass;

    /**
     * The empty text.
     *
     * @param masked whether texts without a node go on with allowed tokens only
     */
    LearningWalk(LearnedTrie trie, TokenTree tree, boolean masked, Choices choices) {
        this.trie = trie;
        this.tree = tree;
        this.masked = masked;
        this.choices = choices;
        this.logStartBound = trie.logBound();
        this.text = tree.root();
        this.node = trie.root();
        this.deepest = node;
    }

    /** The text so far; without a token that failed. */
    Prefix text() {
        return text;
    }

    /** The deepest node that the text, or the token that failed after it, has; {@link LearnedTrie#NONE} if none. */
    int deepest() {
        return deepest;
    }

    /** Log of the model's probability of the text, and of the token that failed after it. */
    double logProbability() {
        return logProbability;
    }

    /**
     * Log of the importance weight of a masked walk that ended in a complete text: θ of the root as it was at the start,
     * times the allowed masses of the texts that had no node.
     */
    double logWeight() {
        return logStartBound + logNewMass;
    }

    /**
     * Writes to the end; {@link LearnedTrie#settle} is left to the caller.
     *
     * @param except a child that does not come next, or {@link LearnedTrie#NONE}
     */
    Stage write(int except, Cancellation cancellation) {
        Stage state = except == LearnedTrie.NONE ? begin() : stepFrom(except);
        while (state == Stage.OPEN) {
            state = cancellation.isRequested() ? Stage.CANCELLED : step();
        }
        return state;
    }

    /** Writes to the end, and brings the trie up to date, whatever happens. */
    Stage writeAndLearn(Cancellation cancellation) {
        try {
            return write(LearnedTrie.NONE, cancellation);
        } finally {
            trie.settle(deepest);
        }
    }

    /** Goes to a text that has a node, to go on from there. */
    void moveTo(Prefix prefix, int itsNode) {
        text = prefix;
        node = itsNode;
        deepest = itsNode;
        logProbability = 0;
        for (int at = itsNode; trie.parent(at) != LearnedTrie.NONE; at = trie.parent(at)) {
            logProbability += trie.logProbability(at);
        }
    }

    private Stage begin() {
        if (node != LearnedTrie.NONE) {
            return trie.isComplete(node) ? Stage.COMPLETE : Stage.OPEN;
        }
        return text.isFinished() ? finish() : Stage.OPEN;
    }

    private Stage step() {
        return node == LearnedTrie.NONE ? openToken() : stepFrom(LearnedTrie.NONE);
    }

    /** One token after a text that has a node, but none that leads to a given child. */
    private Stage stepFrom(int except) {
        int child = trie.draw(node, except, choices);
        if (child == LearnedTrie.NONE) {
            return openToken();
        }
        text = text.then(trie.token(child));
        node = child;
        deepest = child;
        logProbability += trie.logProbability(child);
        return trie.isComplete(child) ? Stage.COMPLETE : Stage.OPEN;
    }

    /** One token that leads to no node; gives the text so far a node if it has none. */
    private Stage openToken() {
        boolean fresh = node == LearnedTrie.NONE;
        TokenLaw law = fresh ? tree.next(text) : trie.laws().at(node, () -> tree.next(text));
        boolean masks = trie.learning() == LearnedTrie.Learning.MASKS;
        OpenTokens open = masks ? OpenTokens.of(law, text.mask()) : OpenTokens.all(law);
        if (fresh) {
            learn(law, Math.log(open.mass()));
        } else {
            trie.removeChildren(node, open);
        }
        if (open.mass() == 0) {
            if (node != LearnedTrie.NONE) {
                trie.setRest(node, Double.NEGATIVE_INFINITY);
            }
            return Stage.FAILED;
        }
        boolean blind = fresh && masks && !masked && text.length() > 0;
        int token = (blind ? OpenTokens.all(law) : open).draw(choices);
        logToken = Math.log(law.of(token));
        logProbability += logToken;
        if (!text.mask().allows(token)) {
            return refused(token, open);
        }
        open.remove(token);
        logRestOfParent = Math.log(open.mass());
        parent = node;
        node = LearnedTrie.NONE;
        text = text.then(token);
        return text.isFinished() ? finish() : Stage.OPEN;
    }

    private Stage refused(int token, OpenTokens open) {
        if (trie.learning() == LearnedTrie.Learning.TOKENS && node != LearnedTrie.NONE) {
            open.remove(token);
            int parentNode = node;
            int child = trie.add(parentNode, token, logToken, Double.NEGATIVE_INFINITY);
            if (child != LearnedTrie.NONE) {
                trie.setRest(parentNode, Math.log(open.mass()));
                deepest = child;
            }
        }
        return Stage.FAILED;
    }

    private void learn(TokenLaw law, double logMass) {
        logNewMass += logMass;
        arrive(trie.add(parent, text.token(), logToken, logMass));
        if (node != LearnedTrie.NONE) {
            trie.laws().put(node, law);
        }
    }

    private Stage finish() {
        boolean complete = text.isComplete();
        arrive(
                complete
                        ? trie.addComplete(parent, text.token(), logToken)
                        : trie.add(parent, text.token(), logToken, Double.NEGATIVE_INFINITY));
        return complete ? Stage.COMPLETE : Stage.FAILED;
    }

    private void arrive(int added) {
        node = added;
        if (added != LearnedTrie.NONE) {
            deepest = added;
            if (parent != LearnedTrie.NONE) {
                trie.setRest(parent, logRestOfParent);
            }
        }
    }
}
