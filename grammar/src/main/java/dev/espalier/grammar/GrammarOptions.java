// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How the text of a grammar is read, whatever its notation. Immutable.
 *
 * @param frames names that are no rules but stand for frames, such as schemas, that are supplied when the grammar is compiled
 *     ({@link Expression.External})
 * @param root the name of the start rule; empty: the one that the notation says, {@code root} or the first
 * @param folder where the files are that the grammar imports; empty: it may import none
 */
public record GrammarOptions(Set<String> frames, Optional<String> root, Optional<Path> folder) {

    /** No frames, no files to import, and the start rule of the notation. */
    public static final GrammarOptions DEFAULT = new GrammarOptions(Set.of(), Optional.empty(), Optional.empty());

    public GrammarOptions {
        frames = Set.copyOf(frames);
    }

    /** The same with other names that stand for frames. */
    public GrammarOptions withFrames(Set<String> names) {
        return new GrammarOptions(names, root, folder);
    }

    /** The same with a start rule. */
    public GrammarOptions withRoot(String name) {
        return new GrammarOptions(frames, Optional.of(name), folder);
    }

    /** The same with a folder of files to import. */
    public GrammarOptions withFolder(Path files) {
        return new GrammarOptions(frames, root, Optional.of(files));
    }
}
