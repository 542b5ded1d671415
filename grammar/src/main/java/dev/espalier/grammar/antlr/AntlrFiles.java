// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.grammar.antlr.AntlrFile.Definition;
import dev.espalier.grammar.antlr.AntlrFile.Imported;
import dev.espalier.grammar.antlr.AntlrNode.Spot;
import dev.espalier.grammar.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the files that a grammar file imports, beside it. */
final class AntlrFiles {

    /** How many files a grammar may consist of. */
    private static final int MOST_FILES = 64;

    private final AntlrSyntax syntax;
    private final Optional<Path> folder;
    private final WorkBudget budget;
    private final Set<String> seen = new HashSet<>();

    AntlrFiles(AntlrSyntax syntax, Optional<Path> folder, WorkBudget budget) {
        this.syntax = syntax;
        this.folder = folder;
        this.budget = budget;
    }

    /** A file with all that it imports. */
    AntlrFile whole(SourceText source) {
        AntlrFile file = syntax.file(source, budget);
        seen.add(file.name());
        return merged(file);
    }

    /**
     * Rules of imported files stand behind those of the importing one, which come first where both have one of a name. Each file counts where it is imported first, so files
     * may import each other.
     */
    private AntlrFile merged(AntlrFile file) {
        List<String> tokens = new ArrayList<>(file.tokens());
        List<Definition> definitions = new ArrayList<>(file.definitions());
        Map<String, String> options = new HashMap<>(file.options());
        Set<String> names = new HashSet<>();
        definitions.forEach(definition -> names.add(definition.name()));
        List<Imported> imports = new ArrayList<>(file.imports());
        String lexer = file.options().get("tokenVocab");
        if (lexer != null && !file.kind().equals("lexer")) {
            Spot spot = file.definitions().isEmpty()
                    ? new Spot(SourceText.file("", budget.limits()), 0)
                    : file.definitions().get(0).spot();
            imports.add(new Imported(lexer.replace("'", ""), spot));
        }
        for (Imported imported : imports) {
            if (!seen.add(imported.name())) {
                continue;
            }
            AntlrFile other = merged(read(imported));
            tokens.addAll(other.tokens());
            other.options().forEach(options::putIfAbsent);
            for (Definition definition : other.definitions()) {
                if (names.add(definition.name())) {
                    definitions.add(definition);
                }
            }
        }
        return new AntlrFile(file.kind(), file.name(), options, List.of(), tokens, definitions);
    }

    private AntlrFile read(Imported imported) {
        String name = imported.name();
        Spot spot = imported.spot();
        if (!name.matches("\\w+")) {
            throw new ReferenceException(
                    "\"" + name + "\" is no grammar beside this one",
                    spot.source().place(spot.offset()));
        }
        Path file = folder.orElseThrow(() -> new ReferenceException(
                        "a grammar that is no file has no files beside it to import",
                        spot.source().place(spot.offset())))
                .resolve(name + ".g4");
        if (seen.size() > MOST_FILES) {
            throw new InvalidInputException("a grammar imports more than " + MOST_FILES + " files");
        }
        try {
            if (Files.size(file) > budget.limits().maxSourceBytes()) {
                throw new InvalidInputException("the file " + name + ".g4 is larger than maxSourceBytes");
            }
            return syntax.file(SourceText.file(file.toString(), Files.readAllBytes(file), budget.limits()), budget);
        } catch (IOException e) {
            throw new ReferenceException(
                    "there is no file " + name + ".g4 to import", spot.source().place(spot.offset()));
        }
    }
}
