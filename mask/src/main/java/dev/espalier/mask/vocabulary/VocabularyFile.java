// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import dev.espalier.core.file.FileKind;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.index.MaskTables;
import dev.espalier.mask.index.PlainText;
import dev.espalier.mask.index.TextAtoms;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTable;
import dev.espalier.mask.index.TokenTrie;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The prepared form of a {@link Vocabulary}: the tables of {@link TokenTable}, {@link TokenIndex}, {@link TokenTrie}, {@link PlainText} and {@link TextAtoms} as they
 * lie in memory. Each of these writes and reads its own tables; what is not in the file is not prepared.
 */
@FastPath(oracle = "VocabularyFileTest")
final class VocabularyFile {

    /** Its version goes up whenever a table is added, left out, or laid out or filled anew. */
    static final FileKind KIND = new FileKind(
            'V',
            5,
            "prepared vocabulary",
            "make it with espalier vocabulary, or Vocabulary.save, from its tokenizer.json");

    private VocabularyFile() {}

    static void save(Vocabulary vocabulary, Path file) {
        tables(vocabulary).writeTo(file);
    }

    static Vocabulary load(Path file) {
        return read(TableReader.open(KIND, file));
    }

    /** All tables; those that are missing are built first. */
    static TableWriter tables(Vocabulary vocabulary) {
        TableWriter out = new TableWriter(KIND);
        out.ints("size", vocabulary.size());
        out.ints("end-ids", vocabulary.endIds());
        vocabulary.index().write(out);
        return out;
    }

    static Vocabulary read(TableReader in) {
        TokenIndex index = TokenIndex.read(in);
        TokenTable tokens = index.table();
        int size = in.ints("size", 1)[0];
        int[] endIds = in.ints("end-ids");
        in.check(size >= tokens.count() && size <= TokenTable.MAX_SIZE, "size");
        in.check(MaskTables.areOfSize(endIds, size), "end-ids");
        in.check(tokens.specialNames().keySet().stream().allMatch(id -> id < size), "tokens.special.ids");
        in.check(tokens.names().values().stream().allMatch(id -> id < size), "tokens.names.ids");
        return new Vocabulary(index, size, endIds);
    }

    /** Whether a file begins like a prepared vocabulary; false if it cannot be read. */
    static boolean isOne(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] first = stream.readNBytes(8);
            return first.length == 8 && KIND.begins(first);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
