// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import dev.espalier.core.testing.FastPaths;

/** The fast paths of this module. */
class FastPathsTest extends FastPaths {

    FastPathsTest() {
        super(FastPathsTest.class, 0);
    }
}
