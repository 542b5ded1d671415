// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

/** What an engine has to do with a case. */
enum Expectation {
    /** Compile, and hold all texts. */
    OK,
    /** Fail with an error of the engine's own family. */
    TYPED_ERROR,
    /** One of the two. */
    OK_WITH_LIMITS
}
