// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.Output;

/**
 * A call of a tool that a model has written.
 *
 * @param id what the result refers to: what the model wrote, or {@code call_} and a number from 0 where its convention has none
 * @param name the name of the tool
 * @param arguments a JSON object that its schema allows
 */
public record ToolCall(String id, String name, String arguments) {

    /**
     * The arguments as a Java value.
     *
     * @throws dev.espalier.core.error.InvalidInputException if they cannot be read as one
     */
    public <T> T arguments(Class<T> type) {
        return Output.of(type).read(arguments);
    }
}
