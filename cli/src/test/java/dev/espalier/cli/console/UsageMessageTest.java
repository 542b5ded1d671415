// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UsageMessageTest {

    @Test
    void namesOfTheApiAreOptions() {
        assertEquals(
                "limit maxNesting = 2 exceeded; raise it with --with-limit maxNesting=N if this input is trusted",
                UsageMessage.inOptions(
                        "limit maxNesting = 2 exceeded; raise it with Limits.withMaxNesting if this input is trusted"));
        assertEquals(
                "--max-tokens must be ≥ 0, but was -3", UsageMessage.inOptions("maxTokens must be ≥ 0, but was -3"));
        assertEquals(
                "a budget of 3 tokens is too small; raise --max-tokens, shorten",
                UsageMessage.inOptions("a budget of 3 tokens is too small; raise maxTokens, shorten"));
        assertEquals("at #/maxTokens: wrong", UsageMessage.inOptions("at #/maxTokens: wrong"));
    }
}
