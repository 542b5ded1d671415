// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

/** Observer of the forward passes of a decoder or generator. Called by the thread that runs them, one call at a time; it must be quick. */
@FunctionalInterface
public interface BatchListener {

    /** An observer that does nothing. */
    BatchListener NONE = pass -> {};

    /** A forward pass is done. */
    void onPass(BatchPass pass);
}
