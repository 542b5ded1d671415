// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.languages;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text of a language to be read.
 *
 * @param language what it is written in
 * @param origin where it is from, for a reader
 * @param text the text
 */
public record LanguageText(Language language, String origin, String text) {

    /** A text of the sample with at least so many characters. */
    public static LanguageText generated(Language language, int characters, long seed) {
        return new LanguageText(language, "generated, seed " + seed, language.text(characters, seed));
    }

    /**
     * The instances of a corpus that their schemas call valid, spread over all, as one JSON array.
     *
     * @param characters the array ends soon after so many
     */
    public static LanguageText documents(SchemaCorpus corpus, int characters) {
        StringBuilder text = new StringBuilder("[");
        SchemaCorpus some = corpus.sampled(corpus.size(), 1);
        for (int i = 0; i < some.size() && text.length() < characters; i++) {
            for (BenchSchema.Instance instance : some.schema(i).tests()) {
                if (instance.valid() && text.length() < characters) {
                    text.append(text.length() == 1 ? "\n" : ",\n").append(instance.data());
                }
            }
        }
        return new LanguageText(
                Language.JSON, "instances of the corpus", text.append("\n]\n").toString());
    }

    /**
     * A file, or the files of the language in a folder and below, in the order of their paths, one after the other.
     *
     * @param characters of a folder no more files are taken after so many
     * @throws InvalidInputException if it cannot be read, there is no such file, or files of the language cannot be joined
     */
    public static LanguageText read(Language language, Path path, int characters) {
        try {
            if (!Files.isDirectory(path)) {
                return new LanguageText(language, String.valueOf(path.getFileName()), Files.readString(path));
            }
            if (!language.canBeJoined()) {
                throw new InvalidInputException(
                        path + ": several " + language.label() + " files are not one text; name a file");
            }
            StringBuilder text = new StringBuilder();
            List<Path> files = files(path, "." + language.extension());
            int taken = 0;
            while (taken < files.size() && text.length() < characters) {
                text.append(Files.readString(files.get(taken++))).append('\n');
            }
            if (taken == 0) {
                throw new InvalidInputException(path + ": no file ends with ." + language.extension());
            }
            return new LanguageText(
                    language, taken + " files of " + path.toAbsolutePath().getFileName(), text.toString());
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + path + ": " + e, e);
        }
    }

    /** Files that a build did not make, and that declare no module. */
    private static List<Path> files(Path folder, String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .filter(file ->
                            !folder.relativize(file).toString().matches("(.*/)?target/.*|(.*/)?module-info\\.java"))
                    .sorted()
                    .forEach(files::add);
        }
        return files;
    }
}
