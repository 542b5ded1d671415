package dev.espalier;

import dev.espalier.core.error.PreparedFileException.Reason;
import dev.espalier.core.file.FileKind;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import java.util.List;

/** The file of an {@link Output}: its source, word for word, with all options. */
final class OutputFile {

    static final FileKind KIND =
            new FileKind('C', 3, "saved output", "make it again with espalier compile --out, or Output.save");

    private static final String SOURCE = "source";

    private OutputFile() {}

    static TableWriter write(Constraint constraint) {
        TableWriter out = new TableWriter(KIND);
        out.texts(SOURCE, ConstraintTexts.of(constraint));
        return out;
    }

    static Constraint read(TableReader in) {
        List<String> source = in.texts(SOURCE);
        try {
            return ConstraintTexts.read(source);
        } catch (IllegalArgumentException unknown) {
            throw in.refusal(
                    Reason.VERSION, "has options that this version does not have (" + unknown.getMessage() + ")");
        }
    }
}
