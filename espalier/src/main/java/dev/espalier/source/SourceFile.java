// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.core.error.PreparedFileException.Reason;
import dev.espalier.core.file.FileKind;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import java.util.List;

/** The file of a source: word for word, with all options. */
public final class SourceFile {

    /** The kind of such files. */
    public static final FileKind KIND =
            new FileKind('C', 4, "saved output", "make it again with espalier compile --out, or Output.save");

    private static final String SOURCE = "source";

    private SourceFile() {}

    /** A source as the tables of a file. */
    public static TableWriter write(OutputSource source) {
        TableWriter out = new TableWriter(KIND);
        out.texts(SOURCE, SourceTexts.of(source));
        return out;
    }

    /**
     * The source that a file holds.
     *
     * @throws dev.espalier.core.error.PreparedFileException if it has options that this version does not know
     */
    public static OutputSource read(TableReader in) {
        List<String> source = in.texts(SOURCE);
        try {
            return SourceTexts.read(source);
        } catch (IllegalArgumentException unknown) {
            throw in.refusal(
                    Reason.VERSION, "has options that this version does not have (" + unknown.getMessage() + ")");
        }
    }
}
