// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.sampler.SamplingParameters;
import dev.espalier.spark.column.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is asked of each row. Travels as JSON, since the records in it are not serialisable.
 *
 * @param key the columns that a row is known by; none for its prompt
 * @param prompt what the model reads
 * @param output what it may write
 * @param sampling how tokens are drawn
 * @param samples how many texts a row has
 * @param attempts how often a text may be begun
 * @param quotes whether strings may have to be spans of the prompt
 * @param errors what becomes of rows without a value
 * @param window how many rows a task has under way
 * @param column the name of the result
 * @param decimals what numbers without bounds are; null for doubles
 * @param journal the folder of finished results; null for none
 */
record JobSettings(
        List<String> key,
        PromptTemplate prompt,
        AskedOutput output,
        SamplingParameters sampling,
        int samples,
        int attempts,
        boolean quotes,
        RowErrors errors,
        int window,
        String column,
        ColumnType.@Nullable Decimal decimals,
        @Nullable String journal) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(
                    DeserializationFeature
                            .FAIL_ON_UNKNOWN_PROPERTIES) // of records, methods like isGreedy are written, too
            .build();

    JobSettings {
        key = List.copyOf(key);
    }

    String json() {
        return MAPPER.writeValueAsString(this);
    }

    static JobSettings read(String json) {
        return MAPPER.readValue(json, JobSettings.class);
    }
}
