package dev.espalier.schemas;

import java.util.List;

/**
 * What a container asks of one member or item, and what it makes of the answer.
 *
 * @param goal what is asked
 * @param cores the container's core after each result
 */
record Child(Goal goal, List<Core> cores) {}
