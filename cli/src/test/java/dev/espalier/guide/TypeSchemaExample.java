// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Output;
import dev.espalier.core.error.UnsupportedFeatureException;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.Positive;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

final class TypeSchemaExample {

    // guide: begin
    record Part(String name, @Positive short count, List<Part> parts, Optional<String> note) {}

    record Event(@Future LocalDate day) {}

    static String schema() {
        return Output.of(Part.class).schema().orElseThrow();
    }

    static String refusal(Class<?> type) {
        try {
            return Output.of(type).schema().orElseThrow();
        } catch (UnsupportedFeatureException e) {
            return e.getMessage();
        }
    }
    // guide: end

    private TypeSchemaExample() {}
}
