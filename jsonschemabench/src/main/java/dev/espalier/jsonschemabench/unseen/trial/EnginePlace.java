// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import java.util.Set;

/** Where in the engine a stack of calls is. */
final class EnginePlace {

    private static final String ENGINE = "dev.espalier.";
    private static final Set<String> COUNTERS = Set.of(
            "WorkBudget", "WorkMeter", "Ledger", "Deadline", "StepClock", "LimitShare", "MaskClock", "Cancellation");

    private EnginePlace() {}

    /** Class and method of the innermost call of the engine that counts no budget; empty if there is none. */
    static String of(StackTraceElement[] trace) {
        for (StackTraceElement call : trace) {
            String name = call.getClassName();
            if (name.startsWith(ENGINE) && !name.startsWith(ENGINE + "jsonschemabench") && !name.contains(".error.")) {
                String simple = name.substring(name.lastIndexOf('.') + 1).replaceAll("\\$\\d+$", "");
                String inner = simple.substring(simple.lastIndexOf('$') + 1);
                if (!COUNTERS.contains(inner)) {
                    return simple.replace('$', '.') + "."
                            + call.getMethodName().replaceAll("^lambda\\$(\\w+)\\$\\d+$", "$1");
                }
            }
        }
        return "";
    }
}
