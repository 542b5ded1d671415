// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import java.util.Map;

/**
 * What the form of an answer is made of, for naming the member that is at fault.
 *
 * @param constraint the member that asked for a constraint; empty if none did
 * @param tools what each tool asks for, by the member that says it; empty if there are no tools
 */
record FormParts(String constraint, Map<String, Output<?>> tools) {

    /** The member that decides the form of the answer; empty if none does. */
    String member() {
        return constraint.isEmpty() && !tools.isEmpty() ? "tools" : constraint;
    }

    /** The member that a failure is about: the first tool whose part cannot be compiled by itself, or the member that decides the form. */
    String blamed(EspalierException failure, OutputCompiler compiler) {
        boolean isOfThePart = !(failure instanceof CancelledException
                || failure instanceof CompileTimeoutException
                || failure instanceof LimitExceededException);
        if (isOfThePart) {
            for (Map.Entry<String, Output<?>> part : tools.entrySet()) {
                try {
                    compiler.compileSource(part.getValue(), new Cancellation());
                } catch (EspalierException e) {
                    return part.getKey();
                }
            }
        }
        return member();
    }
}
