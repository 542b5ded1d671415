// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.mask.encoder.model.TextTrie;
import dev.espalier.mask.file.AddedToken;
import dev.espalier.mask.pattern.CharacterSets;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds added tokens in a text: the leftmost, and of those that begin at one place the longest. Immutable and thread-safe. */
final class AddedTokens {

    /** Takes a text in turns: parts without added tokens, and tokens. */
    interface Cut {

        void text(int from, int to);

        void token(int id);
    }

    private final List<AddedToken> tokens;
    private final TextTrie trie = new TextTrie();

    AddedTokens(List<AddedToken> tokens) {
        this.tokens = tokens;
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.get(i).text().isEmpty()) {
                trie.put(tokens.get(i).text(), i);
            }
        }
    }

    /**
     * Cuts a text.
     *
     * @param runs which text is trusted: special tokens are read there alone, and reach over no end of a run
     * @param readable which special tokens may be read at all
     */
    void cut(String text, TrustedRuns runs, Predicate<AddedToken> readable, Cut cut) {
        int done = 0;
        int run = 0;
        for (int at = 0; at < text.length(); ) {
            while (at >= runs.end(run)) {
                run++;
            }
            AddedToken token = longest(text, at, runs.isTrusted(run) ? runs.end(run) : at, readable);
            if (token == null) {
                at++;
                continue;
            }
            int end = at + token.text().length();
            if (!token.singleWord() || standsApart(text, at, end)) {
                int from = token.leftStrip() ? Math.max(done, beforeSpace(text, at)) : at;
                end = token.rightStrip() ? behindSpace(text, end) : end;
                if (done < from) {
                    cut.text(done, from);
                }
                cut.token(token.id());
                done = end;
            }
            at = end;
        }
        if (done < text.length()) {
            cut.text(done, text.length());
        }
    }

    /** The longest token at an index; special ones end at {@code specialEnd} at the latest. */
    private @Nullable AddedToken longest(String text, int from, int specialEnd, Predicate<AddedToken> readable) {
        AddedToken found = null;
        int node = trie.step(TextTrie.ROOT, text.charAt(from));
        for (int i = from + 1; node >= 0; i++) {
            if (trie.value(node) >= 0) {
                AddedToken token = tokens.get(trie.value(node));
                found = !token.special() || (i <= specialEnd && readable.test(token)) ? token : found;
            }
            node = i < text.length() ? trie.step(node, text.charAt(i)) : TextTrie.NONE;
        }
        return found;
    }

    private static boolean standsApart(String text, int from, int to) {
        return (from == 0 || !CharacterSets.RUST_WORD.test(text.codePointBefore(from)))
                && (to == text.length() || !CharacterSets.RUST_WORD.test(text.codePointAt(to)));
    }

    private static int beforeSpace(String text, int index) {
        int at = index;
        while (at > 0 && CharacterSets.WHITE_SPACE.test(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static int behindSpace(String text, int index) {
        int at = index;
        while (at < text.length() && CharacterSets.WHITE_SPACE.test(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
