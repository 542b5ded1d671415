// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

/** A test class that counts what its {@link RandomTrials} see, and fails if that is too little. */
public interface CountedTrials {

    /** Called once all trials of a test have passed, on the instance that they ran on; not where one is run alone. */
    void afterTrials();
}
