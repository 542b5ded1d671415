// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts texts into tokens, at each place the longest, as no tokenizer does but any model may. Thread-safe. */
final class TokenCutter {

    private final TokenTrie trie;

    TokenCutter(Vocabulary vocabulary) {
        this.trie = vocabulary.trie();
    }

    /** The tokens of a text; they end early where no token begins with the next byte. */
    List<Integer> cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Integer> tokens = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int length = 0;
            int token = -1;
            int node = trie.child(-1, bytes[at] & 0xff);
            for (int depth = 1; node >= 0; depth++) {
                int own = trie.firstToken(node);
                if (own < trie.firstToken(node + 1)) {
                    token = trie.tokens()[own];
                    length = depth;
                }
                node = at + depth < bytes.length ? trie.child(node, bytes[at + depth] & 0xff) : -1;
            }
            if (token < 0) {
                return tokens;
            }
            tokens.add(token);
            at += length;
        }
        return tokens;
    }
}
