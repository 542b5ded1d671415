// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.lark.LarkFile.Definition;
import dev.espalier.grammar.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds the files that a grammar file imports: beside it, or Lark's own {@code common}. */
final class LarkImports {

    private static final int MOST_FILES = 64;
    private static final String COMMON = "common";

    private final LarkSyntax syntax;
    private final WorkBudget budget;
    private final Deque<Path> open = new ArrayDeque<>();
    private int files;

    LarkImports(LarkSyntax syntax, WorkBudget budget) {
        this.syntax = syntax;
        this.budget = budget;
    }

    /**
     * The definitions of a file.
     *
     * @param folder where imported files are; null if none may be imported
     * @param names what names of the file are called where it is imported
     */
    Map<String, Definition> definitions(LarkFile.Import statement, @Nullable Path folder, UnaryOperator<String> names) {
        String path = String.join("/", statement.path());
        if (!statement.isRelative()) {
            if (!path.equals(COMMON)) {
                throw new UnsupportedFeatureException(
                        "%import",
                        "of Lark's own grammars, only common is known, not " + path,
                        LarkDefinitions.place(statement.spot()));
            }
            return LarkCommon.definitions(statement, names);
        }
        if (folder == null) {
            throw new ReferenceException(
                    "this grammar has no folder of files to import", LarkDefinitions.place(statement.spot()));
        }
        Path file = folder.resolve(path + ".lark").normalize();
        if (open.contains(file)) {
            throw new ReferenceException(
                    "the file " + path + ".lark imports itself", LarkDefinitions.place(statement.spot()));
        } else if (++files > MOST_FILES) {
            throw new InvalidInputException("more than " + MOST_FILES + " files are imported");
        }
        open.push(file);
        byte[] bytes = read(file, path, statement);
        SourceText source = SourceText.file(file.toString(), bytes, budget.limits());
        LarkDefinitions found = new LarkDefinitions(this);
        found.add(syntax.file(source, false, budget), file.getParent(), names);
        open.pop();
        return found.all();
    }

    private byte[] read(Path file, String path, LarkFile.Import statement) {
        try {
            if (Files.size(file) > budget.limits().maxSourceBytes()) {
                throw new InvalidInputException("the file " + path + ".lark is larger than maxSourceBytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ReferenceException(
                    "there is no file " + path + ".lark to import", LarkDefinitions.place(statement.spot()));
        }
    }
}
