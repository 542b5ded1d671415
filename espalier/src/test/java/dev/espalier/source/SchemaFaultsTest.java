// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFaultsTest {

    private static final String FAR = "6e17171717171717171717171717171717";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1e400 | {'type':'string'} | 1e400 is not a string",
                "1e400 | {'type':'object'} | 1e400 is not an object",
                "-1E+400 | {'type':['string','null']} | -1E+400 is not a string or null",
                "1e400 | {'enum':[1,2]} | 1e400 is not one of [1,2]",
                "1e400 | {'const':5} | 1e400 is not 5",
                "1e400 | {'maximum':5} | 1e400 is more than 5",
                "-1e400 | {'minimum':0} | -1e400 is less than 0",
                "1e-400 | {'minimum':1} | 1e-400 is less than 1",
                "1e-400 | {'const':0} | 1e-400 is not 0",
                "1e400 | {'maximum':1e399} | 1e400 is more than 1E+399",
                "1e399 | {'maximum':1e400} | ''",
                "1e400 | {'type':'number'} | ''",
                "FAR | {'type':'number'} | ''",
                "FAR | {'type':'string'} | FAR is not a string",
                "FAR | {'maximum':3} | FAR is more than 3",
                "6e-17171717171717171717 | {'minimum':3} | 6e-17171717171717171717 is less than 3",
                "1E+2 | {'const':5} | 1E+2 is not 5",
                "1.50 | {'type':'string'} | 1.50 is not a string",
                "[0,1e400] | {'items':{'maximum':5}} | 1e400 is more than 5",
                "{'a':1e400} | {'properties':{'a':{'type':'boolean'}}} | 1e400 is not a boolean",
                "12345678901234567890123 | {'maximum':5} | 12345678901234567890123 is more than 5"
            })
    void numbersAreShownAsTheyStandInTheTextAndComparedExactly(String text, String schema, String message) {
        OutputSource.Schema source = new OutputSource.Schema(json(schema), SchemaOptions.CHECKING);
        List<SchemaFaults.Fault> faults = SchemaFaults.of(source, Draft.DRAFT_2020_12, true, json(text));
        List<String> messages = faults.stream().map(SchemaFaults.Fault::message).toList();
        assertEquals(message.isEmpty() ? List.of() : List.of(message.replace("FAR", FAR)), messages);
    }

    private static String json(String text) {
        return text.replace('\'', '"').replace("FAR", FAR);
    }
}
