// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.testing.PublicApi;

/** The API of this module. */
class ApiTest extends PublicApi {

    ApiTest() {
        super(
                "dev.espalier",
                "dev.espalier.assistant",
                "dev.espalier.confidence",
                "dev.espalier.stream",
                "dev.espalier.tag",
                "dev.espalier.tool");
    }
}
