// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.testing.RandomTrials;
import java.util.Objects;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Schemas as columns, and texts as their values. */
class SchemaColumnsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'string'} | string",
                "{'type':'boolean'} | boolean",
                "{'type':'integer'} | decimal(38,0)",
                "{'type':'integer','minimum':0,'maximum':9} | bigint",
                "{'type':'integer','minimum':0,'maximum':1e20} | decimal(38,0)",
                "{'type':'integer','minimum':0,'maximum':1e40} | string",
                "{'type':'number'} | double",
                "{'type':'number','minimum':0,'maximum':999.99,'multipleOf':0.01} | decimal(5,2)",
                "{'type':'string','format':'date'} | date",
                "{'type':'string','format':'date-time'} | timestamp",
                "{'type':'string','contentEncoding':'base64'} | binary",
                "{'type':['string','null']} | string",
                "{'type':['string','integer']} | string",
                "{'enum':['a','b',null]} | string",
                "{'enum':[1,2]} | bigint",
                "{'enum':[1,'a']} | string",
                "{'const':true} | boolean",
                "{'type':'array','items':{'type':'boolean'}} | array<boolean>",
                "{'type':'array'} | array<string>",
                "{'type':'array','prefixItems':[{'type':'boolean'},{'type':'string'}],'items':false} | struct<_1:boolean,_2:string>",
                "{'type':'array','prefixItems':[{'type':'boolean'},{'type':'string'}]} | array<string>",
                "{'type':'object','properties':{'a':{'type':'boolean'}},'additionalProperties':false} | struct<a:boolean>",
                "{'type':'object','properties':{'a':{'type':'boolean'}}} | struct<a:boolean,_other:map<string,string>>",
                "{'type':'object','additionalProperties':{'type':'boolean'}} | map<string,boolean>",
                "{'type':'object','patternProperties':{'^a':{'type':'boolean'}},'additionalProperties':false} | map<string,boolean>",
                "{'anyOf':[{'type':'boolean'},{'type':'null'}]} | boolean",
                "{'anyOf':[{'type':'boolean'},{'type':'string'}]} | string",
                "{'allOf':[{'$ref':'#/$defs/a'}],'$defs':{'a':{'type':'boolean'}}} | boolean",
                "{'type':'object','properties':{'next':{'$ref':'#'}},'additionalProperties':false} | struct<next:string>",
                "{'$ref':'https://example.com/other'} | string",
                "true | string"
            })
    void aColumnHoldsAllValuesOfItsSchema(String schema, String type) {
        assertEquals(
                type,
                SchemaReader.column(schema.replace('\'', '"')).type().dataType().simpleString());
    }

    @Test
    void whatIsRequiredAndNotNullIsNotNullable() {
        StructType type = (StructType) SchemaReader.column(
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"},\"c\":{\"type\":[\"string\",\"null\"]}},\"required\":[\"a\",\"c\"],\"additionalProperties\":false}")
                .type()
                .dataType();
        assertEquals(false, type.apply("a").nullable());
        assertEquals(true, type.apply("b").nullable());
        assertEquals(true, type.apply("c").nullable());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'integer'} | 1e38 | decimal(38,0)",
                "{'type':'integer'} | 1.5 | decimal(38,0)",
                "{'type':'number'} | 1e400 | double",
                "{'type':'number'} | 1e99999999999 | range",
                "{'type':'string','format':'date-time'} | '2025-01-01T00:00:00.1234567Z' | six digits",
                "{'type':'string','format':'date-time'} | '2025-01-01T23:59:60Z' | timestamp"
            })
    void whatAColumnDoesNotHoldIsAnError(String schema, String text, String message) {
        SchemaReader reader = new SchemaReader(schema.replace('\'', '"'));
        InvalidInputException misfit =
                assertThrows(InvalidInputException.class, () -> reader.read(text.replace('\'', '"'), false));
        assertTrue(String.valueOf(misfit.getMessage()).contains(message), misfit.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'integer','maximum':3} | 4 | byte 0",
                "{'type':'object','properties':{'a':{'type':'integer'}},'required':['a']} | {'b':1} | byte 6",
                "{'type':'object','properties':{'a':{'type':'integer'}},'additionalProperties':false} | {'a':1,'b':2} | byte 6",
                "{'type':'string','contentEncoding':'base64'} | '?' | byte 1",
                "{'type':'array','items':{'type':'string'}} | ['a' | ends within",
                "{'type':'array','items':{'type':'string'}} | ['a']] | byte 5"
            })
    void noValueIsMadeOfATextThatTheSchemaDoesNotAllow(String schema, String text, String message) {
        SchemaReader reader = new SchemaReader(schema.replace('\'', '"'));
        InvalidInputException wrong =
                assertThrows(InvalidInputException.class, () -> reader.read(text.replace('\'', '"'), false));
        assertTrue(String.valueOf(wrong.getMessage()).contains(message), wrong.getMessage());
    }

    @Test
    void partsThatMayBeAnythingStayAsTheyAreWritten() {
        SchemaReader reader = new SchemaReader(
                "{\"type\":\"object\",\"properties\":{\"a\":true,\"b\":true,\"c\":true,\"d\":{\"type\":\"null\"}},\"additionalProperties\":false}");
        Row row = (Row) Objects.requireNonNull(
                reader.read("{\"a\":[1.50,{\"x\":\"\\u00e9\"}],\"b\":1.50,\"c\":null,\"d\":null}", false));
        assertEquals("[[1.50,{\"x\":\"\\u00e9\"}],1.50,null,null]", String.valueOf(row));
        assertEquals("null", row.getString(2));
        assertTrue(row.isNullAt(3));
    }

    /** The oracle reads the same text as a tree, and compares it part by part. */
    @RandomTrials(400)
    void randomValuesOfRandomSchemasAreReadAsATreeReadsThem(Random random) {
        RandomTexts texts = new RandomTexts(random);
        String schema = texts.schema(3);
        SchemaReader reader = new SchemaReader(schema);
        Column column = reader.column();
        for (int i = 0; i < 5; i++) {
            String text = texts.value(schema);
            for (boolean javaTime : new boolean[] {false, true}) {
                Object value = reader.read(text, javaTime);
                JsonNode tree = RandomTexts.MAPPER.readTree(text);
                RowOracle.check(tree, value, column.type().dataType(), column.nullable(), schema + " " + text);
            }
        }
    }
}
