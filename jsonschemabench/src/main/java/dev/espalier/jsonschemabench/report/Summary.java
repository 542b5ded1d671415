// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import tools.jackson.databind.JsonNode;

/** Figures over many results: as text, tables for a terminal. */
public interface Summary {

    /** The value of {@code "summary"} in the last line of the results. */
    JsonNode toJson();
}
