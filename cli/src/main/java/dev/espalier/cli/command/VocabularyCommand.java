// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.options.TokenizerOptions;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code espalier vocabulary}. */
@Command(
        name = "vocabulary",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what is known of a tokenizer's tokens, or prepares them.",
            "With --out they are written with all search structures to a file that every --tokenizer takes in place of the"
                    + " tokenizer.json, and that is there in milliseconds."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier vocabulary --tokenizer tokenizer.json",
            "  espalier vocabulary --tokenizer tokenizer.json --out model.vocabulary",
            "  espalier next --tokenizer model.vocabulary --schema examples/invoice.schema.json"
        })
public final class VocabularyCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final TokenizerOptions tokenizerOptions = new TokenizerOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the prepared vocabulary.")
    private @Nullable String out;

    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean json;

    public VocabularyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long start = System.nanoTime();
        Vocabulary vocabulary = tokenizerOptions.read().vocabulary();
        double readMillis = (System.nanoTime() - start) / 1e6;
        String target = out;
        if (target != null) {
            vocabulary.save(Console.path(target));
        }
        int ordinary = 0;
        int special = 0;
        for (int id = 0; id < vocabulary.size(); id++) {
            special += vocabulary.isSpecial(id) ? 1 : 0;
            ordinary += vocabulary.bytes(id).length() > 0 ? 1 : 0;
        }
        if (json) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("size", vocabulary.size())
                    .put("ordinary", ordinary)
                    .put("special", special)
                    .put("longestToken", vocabulary.longestToken())
                    .put("readMillis", readMillis)
                    .put("fingerprint", vocabulary.fingerprint());
            var ends = object.putArray("endIds");
            for (int id : vocabulary.endIds()) {
                ends.add(id);
            }
            console.out().println(object);
        } else {
            console.table()
                    .printf(
                            Locale.ROOT,
                            "%d ids: %d with text (at most %d bytes), %d special, read in %.0f ms%nfingerprint %s%n",
                            vocabulary.size(),
                            ordinary,
                            vocabulary.longestToken(),
                            special,
                            readMillis,
                            vocabulary.fingerprint());
            for (int id : vocabulary.endIds()) {
                console.table().println("ends a text: " + id + " " + vocabulary.text(id));
            }
        }
        return ExitCode.DONE;
    }
}
