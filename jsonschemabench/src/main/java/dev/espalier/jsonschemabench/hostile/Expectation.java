package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.error.InvalidInputException;

/** What an engine has to do with a case. */
enum Expectation {
    /** Compile, and hold all texts. */
    OK("ok"),
    /** Fail with an error of the engine's own family. */
    TYPED_ERROR("typed-error"),
    /** One of the two. */
    OK_WITH_LIMITS("ok-with-limits");

    private final String spelling;

    Expectation(String spelling) {
        this.spelling = spelling;
    }

    static Expectation of(String spelling) {
        for (Expectation value : values()) {
            if (value.spelling.equals(spelling)) {
                return value;
            }
        }
        throw new InvalidInputException("no expectation is called \"" + spelling + "\"");
    }
}
