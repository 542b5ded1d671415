// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.judge;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.sampler.Outcome;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import java.util.Optional;

/** What of a schema stands in the way of keeping it exactly. Thread-safe. */
public record Obstacles(SchemaCompiler schemas, SchemaOptions options) {

    /** Why a schema was refused: all keywords that stand in the way, not only those that the error names. */
    public List<Reason> of(String schema, Throwable failure) {
        List<Reason> reasons = failure instanceof UnsupportedFeatureException ? unenforced(schema) : List.of();
        return reasons.isEmpty() ? List.of(reason(failure)) : reasons;
    }

    private List<Reason> unenforced(String schema) {
        try {
            return of(
                    schemas.compile(schema, options.allow(Enforcement.NOT_ENFORCED))
                            .report(),
                    options.least());
        } catch (EspalierException e) {
            return List.of();
        }
    }

    /** The entries of a report that are enforced more weakly than some way. */
    public static List<Reason> of(CompileReport report, Enforcement least) {
        return report.inexact().stream()
                .filter(entry -> entry.enforcement().compareTo(least) > 0)
                .map(entry -> new Reason(entry.pointer(), entry.keyword(), entry.reason()))
                .toList();
    }

    /** What kept a text from being whole, where that is an error. */
    public static Optional<EspalierException> failure(Outcome outcome) {
        if (outcome instanceof Outcome.DeadEnd end) {
            return Optional.of(end.cause());
        } else if (outcome instanceof Outcome.ModelFailed failed) {
            return Optional.of(failed.cause());
        }
        return outcome instanceof Outcome.Refused refused ? Optional.of(refused.cause()) : Optional.empty();
    }

    /** A failure in one line. */
    public static Reason reason(Throwable failure) {
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        String kind = failure instanceof EspalierException known
                ? known.code()
                : failure.getClass().getSimpleName();
        return new Reason(pointer(failure), kind, message);
    }

    private static String pointer(Throwable failure) {
        String pointer = "";
        if (failure instanceof UnsupportedFeatureException unsupported) {
            pointer = unsupported.place().pointer();
        } else if (failure instanceof SyntaxException syntax) {
            pointer = syntax.place().pointer();
        } else if (failure instanceof ReferenceException reference) {
            pointer = reference.place().pointer();
        } else if (failure instanceof UnsatisfiableException unsatisfiable) {
            pointer = unsatisfiable.place().pointer();
        }
        return pointer.isEmpty() ? "#" : pointer;
    }
}
