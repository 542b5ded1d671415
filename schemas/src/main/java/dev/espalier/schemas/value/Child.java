// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import java.util.List;

/**
 * The goal of one member or item, with the core of its container after each result of the goal.
 *
 * @param goal the goal of the value
 * @param cores the container's core after each result
 */
public record Child(Goal goal, List<Core> cores) {}
