// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.run.ResultsFile;

/**
 * An input made small.
 *
 * @param id what it shows: the key of a fault, {@code slow} and the input's number, or a dispute and the input's number
 * @param input the number of the input that it comes from
 * @param source its text
 * @param text a text that goes with it; may be empty
 * @param micros its longest mask and commit, of a slow one; else 0
 * @param explanation the known dispute that explains it; empty if none does
 */
public record Reduced(String id, String input, String source, String text, long micros, String explanation)
        implements ResultsFile.Result {}
