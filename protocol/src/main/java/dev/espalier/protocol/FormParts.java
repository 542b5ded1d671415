// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.Output;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolChoice;
import java.util.List;
import java.util.Optional;

/**
 * What the form of an answer is made of, for naming the member that is at fault.
 *
 * @param constraint the constraint that was asked for
 * @param tools what each tool asks for
 * @param budget the member that says how long an answer may be
 */
record FormParts(Optional<ConstraintReader.Constraint> constraint, List<ToolPart> tools, String budget) {

    /**
     * What a tool asks for.
     *
     * @param tool the tool
     * @param param the member that says it
     * @param said what the member says, by itself
     */
    record ToolPart(Tool tool, String param, Output<?> said) {}

    /** The member that asked for a constraint; empty if none did. */
    String asked() {
        return constraint.map(ConstraintReader.Constraint::param).orElse("");
    }

    /** The member that decides the form of the answer; empty if none does. */
    String member() {
        return asked().isEmpty() && !tools.isEmpty() ? "tools" : asked();
    }

    /**
     * What a form that cannot be compiled comes to: the fault of the constraint, or of the first tool, that has one by itself, in the places of what the client sent; else the fault of the whole.
     *
     * @param turn the turn whose form it is
     */
    ProtocolException fault(EspalierException failure, Assistant assistant, Turn turn) {
        boolean isOfThePart = !(failure instanceof CancelledException
                || failure instanceof CompileTimeoutException
                || failure instanceof LimitExceededException);
        if (isOfThePart && constraint.isPresent()) {
            Optional<EspalierException> own = fault(assistant, constraint.get().output());
            if (own.isPresent()) {
                return ProtocolException.of(own.get(), asked(), budget);
            }
        }
        for (ToolPart part : isOfThePart ? tools : List.<ToolPart>of()) {
            Optional<EspalierException> own = fault(assistant, turn, part);
            if (own.isPresent()) {
                return ProtocolException.ofTool(own.get(), part, budget);
            }
        }
        return ProtocolException.of(failure, member(), budget);
    }

    private static Optional<EspalierException> fault(Assistant assistant, Output<?> said) {
        try {
            assistant.compiler().compileSource(said, new Cancellation());
            return Optional.empty();
        } catch (EspalierException e) {
            return Optional.of(e);
        }
    }

    /** The fault of a tool as this model writes its calls; where what was said has one by itself, that. */
    private static Optional<EspalierException> fault(Assistant assistant, Turn turn, ToolPart part) {
        try {
            Turn called = turn.with(Output.text()).withTools(List.of(part.tool), ToolChoice.REQUIRED);
            assistant.compiler().compileSource(assistant.form(called), new Cancellation());
            return Optional.empty();
        } catch (EspalierException e) {
            return fault(assistant, part.said).or(() -> Optional.of(e));
        }
    }
}
