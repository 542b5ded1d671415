// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** The data outside the repository: the folder that the variable {@code ESPALIER_DATA} names. Tests that need it are skipped without. */
public final class TestData {

    private static final String VARIABLE = "ESPALIER_DATA";

    private TestData() {}

    /** The folder; the test that asks is skipped if there is none. */
    public static Path folder() {
        String data = System.getenv(VARIABLE);
        if (data == null) {
            throw new TestAbortedException(VARIABLE + " is not set");
        }
        return Path.of(data);
    }

    /** A file or folder in it; the test that asks is skipped if it is not there. */
    public static Path of(String first, String... more) {
        Path folder = folder();
        Path wanted = Path.of(first, more);
        if (!Files.exists(folder.resolve(wanted))) {
            throw new TestAbortedException(VARIABLE + " has no " + wanted);
        }
        return folder.resolve(wanted);
    }

    /** The tokenizer of a family of models, such as {@code llama3_1}. */
    public static Path tokenizer(String name) {
        return of("tokenizers", name + ".json.gz");
    }
}
