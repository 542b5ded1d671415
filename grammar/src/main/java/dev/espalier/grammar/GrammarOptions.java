// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import java.util.Optional;
import java.util.Set;

/**
 * How the text of a grammar is read, whatever its notation. Immutable.
 *
 * @param frames names that are no rules but stand for frames, such as schemas, that are supplied when the grammar is compiled
 *     ({@link Expression.External})
 * @param root the name of the start rule; empty: the one that the notation says, {@code root} or the first
 */
public record GrammarOptions(Set<String> frames, Optional<String> root) {

    /** No frames, and the start rule of the notation. */
    public static final GrammarOptions DEFAULT = new GrammarOptions(Set.of(), Optional.empty());

    public GrammarOptions {
        frames = Set.copyOf(frames);
    }

    /** The same with other names that stand for frames. */
    public GrammarOptions withFrames(Set<String> names) {
        return new GrammarOptions(names, root);
    }

    /** The same with a start rule. */
    public GrammarOptions withRoot(String name) {
        return new GrammarOptions(frames, Optional.of(name));
    }
}
