// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.testsuite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The schemas of the suite alone. */
public final class SuiteSchemas {

    private SuiteSchemas() {}

    /**
     * Texts of schemas, all drafts mixed.
     *
     * @param archiveOrFolder a clone of the suite, or a {@code .tar.gz} of one
     * @param most how many, by the seed
     * @throws dev.espalier.core.error.InvalidInputException if it cannot be read
     */
    public static List<String> read(Path archiveOrFolder, int most, long seed) {
        SuiteFiles files = SuiteFiles.read(archiveOrFolder);
        List<String> schemas = new ArrayList<>();
        for (String folder : List.of("draft4", "draft6", "draft7", "draft2019-09", "draft2020-12")) {
            files.tests(folder)
                    .forEach((file, text) -> SuiteGroup.read(
                                    dev.espalier.schemas.options.Draft.DRAFT_2020_12, file, text)
                            .forEach(group -> schemas.add(group.schema())));
        }
        Collections.shuffle(schemas, new Random(seed));
        return List.copyOf(schemas.subList(0, Math.min(most, schemas.size())));
    }
}
