package dev.espalier.jsonschemabench;

/** The line of a report that says what was run, and on what. */
final class RunSetting {

    private RunSetting() {}

    /** What was run, then the machine. */
    static String of(String what) {
        return what + "; " + Runtime.getRuntime().availableProcessors() + " processors; Java "
                + System.getProperty("java.version") + ".";
    }
}
