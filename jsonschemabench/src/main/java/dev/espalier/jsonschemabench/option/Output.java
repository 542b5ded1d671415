// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import java.nio.file.Path;

/**
 * Where figures go.
 *
 * @param folder of the results and the page; made if it is not there
 * @param report how they are shown on the console
 */
public record Output(Path folder, ReportOutput report) {}
