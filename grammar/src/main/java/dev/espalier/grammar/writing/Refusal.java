// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;

/**
 * What is said when a notation has no form for a node.
 *
 * @param notation what the notation is called
 * @param rule the rule that the node is in
 */
public record Refusal(String notation, String rule) {

    /**
     * The error for a node.
     *
     * @param node the kind of node, as the class is called
     * @param why what stands in the way
     */
    public UnsupportedFeatureException of(String node, String why) {
        return new UnsupportedFeatureException(
                node, notation + " cannot say this " + node + " in the rule \"" + rule + "\": " + why, Place.UNKNOWN);
    }
}
