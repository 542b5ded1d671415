// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.source.OutputSource;
import org.junit.jupiter.api.Test;

/** Free text, which a stop ends. */
class FreeTextTest {

    @Test
    void theValueIsWhatIsBeforeTheFirstStop() {
        Request<String> request = Request.of("", Output.text()).withStops("END", "\n\n", "AT THE END", "ND OF");
        assertEquals("a b", request.beforeStop("a bENDING"));
        assertEquals("a b", request.beforeStop("a b\n\n END"));
        assertEquals("a b ", request.beforeStop("a b AT THE END OF"));
        assertEquals("a EN", request.beforeStop("a EN"));
        assertEquals("", request.beforeStop(""));
        assertEquals("END", Request.of("", Output.text()).beforeStop("END"));
    }

    @Test
    void stopsAreForFreeTextAlone() {
        Request<String> number = Request.of("", Output.regex("[0-9]+"));
        assertTrue(refusal(() -> number.withStops("0")).contains("Output.text()"));
        assertTrue(refusal(() -> Request.of("", Output.text()).withStops("")).contains("must not be empty"));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(InvalidInputException.class, call).getMessage());
    }

    @Test
    void savedFreeTextIsFreeText() {
        assertEquals(
                new OutputSource.FreeText(),
                Output.saved(Output.text().toBytes(), "saved").source());
    }
}
