// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.testing.TestData;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceTextTest {

    @Test
    void whiteSpaceIsWrittenAnewOutsideStringsOnly() {
        String json = "{\n  \"a , b\" :[1 ,2],\t\"c\":{ }}";
        assertEquals("{\"a , b\": [1, 2], \"c\": {}}", InstanceText.OFFICIAL.of(json));
        assertEquals("{\"a , b\":[1,2],\"c\":{}}", InstanceText.COMPACT.of(json));
    }

    @Test
    void escapesBecomeWhatPythonWrites() {
        assertEquals(
                "\"é / \\\" \\\\ \\n \\u0001 \uD83D\uDE00\"",
                InstanceText.OFFICIAL.of("\"\\u00e9 \\/ \\u0022 \\u005c \\u000a \\u0001 \\ud83d\\ude00\""));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0,1.0",
        "1e2,100.0",
        "-0.0,-0.0",
        "1e16,1e+16",
        "1234567890123456.0,1234567890123456.0",
        "0.0001,0.0001",
        "0.00001,1e-05",
        "1.5e300,1.5e+300",
        "5.6843418860808015e-14,5.684341886080802e-14",
        "2.0e-3,0.002",
        "2e23,2e+23",
        "1e23,1e+23",
        "9007199254740993.0,9007199254740992.0",
        "4.9e-324,5e-324",
        "2.2250738585072014e-308,2.2250738585072014e-308",
        "1.7976931348623157e308,1.7976931348623157e+308",
        "-0.30000000000000004,-0.30000000000000004",
        "123456789012345678901234567890,123456789012345678901234567890",
        "-7,-7"
    })
    void numbersBecomeWhatPythonWrites(String json, String python) {
        assertEquals(python, InstanceText.OFFICIAL.of(json));
    }

    @Test
    void theCorpusIsAlreadyInTheOfficialForm() {
        SchemaCorpus corpus =
                SchemaCorpus.read(List.of(TestData.of("jsonschemabench"))).limited(1_000);
        int count = 0;
        for (int i = 0; i < corpus.size(); i++) {
            for (BenchSchema.Instance instance : corpus.schema(i).tests()) {
                assertEquals(instance.data(), InstanceText.OFFICIAL.of(instance.data()), corpus.id(i));
                count++;
            }
        }
        System.out.println("maskbench: " + count + " instances of " + corpus.size() + " schemas read");
    }
}
