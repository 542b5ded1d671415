package dev.espalier.schemas.value;

import java.util.List;

/**
 * What a container asks of one member or item, and what it makes of the answer.
 *
 * @param goal what is asked
 * @param cores the container's core after each result
 */
public record Child(Goal goal, List<Core> cores) {}
