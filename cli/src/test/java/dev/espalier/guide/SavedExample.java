// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Output;
import java.nio.file.Path;

final class SavedExample {

    // guide: begin
    static Output<String> saved(String schema, Path file) {
        Output.jsonSchema(schema).save(file);
        return Output.saved(file); // later, perhaps in another process
    }
    // guide: end

    private SavedExample() {}
}
