package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the corpus' files are.
 *
 * @param corpus the folder of {@code index.jsonl}
 * @param generated the folder that the generator wrote the large inputs below
 */
record CorpusFiles(Path corpus, Path generated) {

    boolean has(String path) {
        return Files.isRegularFile(corpus.resolve(path)) || Files.isRegularFile(generated.resolve(path));
    }

    byte[] read(String path) {
        Path file = corpus.resolve(path);
        try {
            return Files.readAllBytes(Files.isRegularFile(file) ? file : generated.resolve(path));
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + path + " of the corpus", e);
        }
    }
}
