// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import dev.espalier.core.testing.PublicApi;
import java.io.IOException;

/** The API of this module. */
class ApiTest extends PublicApi {

    ApiTest() throws IOException {
        super();
    }
}
