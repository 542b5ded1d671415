package dev.espalier;

import dev.espalier.grammar.error.PreparedFileException.Reason;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.file.FileKind;
import dev.espalier.mask.file.TableReader;
import dev.espalier.mask.file.TableWriter;
import java.util.List;

/**
 * An output as a file: what the caller asked for, word for word, and masks that were made of it for one vocabulary. Reading it
 * compiles the source again, which is quick, and takes the masks, which are not.
 *
 * @param constraint the source
 * @param tables the file, for its masks
 */
record CompiledFile(Constraint constraint, TableReader tables) {

    /** Its version goes up whenever the tables here or those of {@link CompiledGrammar#writeMasks} are laid out anew. */
    static final FileKind KIND = new FileKind(
            'C', 2, "compiled output", "make it again with espalier compile --out, or OutputCompiler.save");

    /** A file with the source alone, for masks to be added. */
    static TableWriter begin(Constraint constraint) {
        TableWriter out = new TableWriter(KIND);
        out.texts("source", ConstraintTexts.of(constraint));
        return out;
    }

    static CompiledFile of(TableReader in) {
        List<String> source = in.texts("source");
        try {
            return new CompiledFile(ConstraintTexts.read(source), in);
        } catch (IllegalArgumentException unknown) {
            throw in.refusal(
                    Reason.VERSION, "has options that this version does not have (" + unknown.getMessage() + ")");
        }
    }
}
