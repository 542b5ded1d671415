// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import java.util.List;
import java.util.Set;

/**
 * A template that has been read.
 *
 * @param source what it was read from
 * @param body its statements
 * @param variables the names that it may read from outside
 */
public record Template(Source source, List<Statement> body, Set<String> variables) {}
