// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

/** The line of a report that says what was run, and on what. */
public final class RunSetting {

    private RunSetting() {}

    /** What was run, then the machine. */
    public static String of(String what) {
        return what + "; " + Runtime.getRuntime().availableProcessors() + " processors; Java "
                + System.getProperty("java.version") + ".";
    }
}
