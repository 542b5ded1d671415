// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.core.testing.PublicApi;

/** The API of this module. */
class ApiTest extends PublicApi {

    ApiTest() {
        super(ApiTest.class.getPackageName());
    }
}
