// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Values of random schemas through a data frame of Spark. */
public final class SparkRoundTrip {

    private SparkRoundTrip() {}

    /** Compares what comes out of a data frame with the trees of the texts. */
    public static void check(SparkSession session, Random random) {
        RandomTexts texts = new RandomTexts(random);
        String schema = texts.schema(3);
        SchemaReader reader = new SchemaReader(schema);
        Column column = reader.column();
        List<String> written = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            written.add(texts.value(schema));
            rows.add(RowFactory.create(i, reader.read(written.get(i), false)));
        }
        StructType type = new StructType()
                .add("id", "int", false)
                .add("value", column.type().dataType(), column.nullable());
        for (Row row : session.createDataFrame(rows, type).repartition(2).collectAsList()) {
            String text = written.get(row.getInt(0));
            RowOracle.check(
                    RandomTexts.MAPPER.readTree(text),
                    arrays(row.get(1), column.type().dataType()),
                    column.type().dataType(),
                    column.nullable(),
                    schema + " " + text);
        }
    }

    /** Spark gives sequences of Scala where the reader gives arrays. */
    private static Object arrays(Object value, DataType type) {
        if (value instanceof Row row && type instanceof StructType struct) {
            Object[] values = new Object[row.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arrays(row.get(i), struct.apply(i).dataType());
            }
            return RowFactory.create(values);
        } else if (type instanceof ArrayType array && value != null) {
            List<Object> items = new ArrayList<>();
            CollectionConverters.asJava((scala.collection.Seq<?>) value)
                    .forEach(item -> items.add(arrays(item, array.elementType())));
            return items.toArray();
        } else if (type instanceof org.apache.spark.sql.types.MapType map && value != null) {
            java.util.Map<Object, Object> entries = new java.util.LinkedHashMap<>();
            CollectionConverters.asJava((scala.collection.Map<?, ?>) value)
                    .forEach((key, entry) -> entries.put(key, arrays(entry, map.valueType())));
            return CollectionConverters.asScala(entries);
        }
        return value;
    }
}
