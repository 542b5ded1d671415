// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.testing.PackageTable;

/** The packages of this module. */
class PackagesTest extends PackageTable {

    PackagesTest() {
        super(PackagesTest.class, "espalier");
    }
}
