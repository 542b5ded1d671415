package dev.espalier.jsonschemabench.maskbench;

/**
 * What became of an instance.
 *
 * @param valid whether the schema must accept it
 * @param accepted whether all its tokens were accepted, and its end
 * @param tokens how many tokens it has
 * @param rejectedAt the index of the first token that was refused; {@code tokens} for the end; -1 if accepted
 */
public record TestResult(boolean valid, boolean accepted, int tokens, int rejectedAt) {}
