package dev.espalier.jsonschemabench;

import java.nio.file.Path;

/**
 * Where figures go.
 *
 * @param folder of the results and the page; made if it is not there
 * @param report how they are shown on the console
 */
record Output(Path folder, ReportOutput report) {}
