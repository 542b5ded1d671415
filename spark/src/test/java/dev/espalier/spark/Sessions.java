// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assumptions;

/** Sessions of Spark for tests. */
final class Sessions {

    /** The version that is on the class path. */
    static final String VERSION = org.apache.spark.package$.MODULE$.SPARK_VERSION();

    private static final Set<Integer> JAVA = VERSION.startsWith("3.") ? Set.of(8, 11, 17) : Set.of(17, 21);

    private Sessions() {}

    /** Skips a test where Spark does not know the Java machine. */
    static void assumeJava() {
        int java = Runtime.version().feature();
        Assumptions.assumeTrue(
                JAVA.contains(java), "Spark " + VERSION + " knows Java " + JAVA + ", and this is Java " + java);
    }

    /** A session in this process, with two tasks at once. */
    static SparkSession local() {
        assumeJava();
        return builder().master("local[2]").getOrCreate();
    }

    static SparkSession.Builder builder() {
        return SparkSession.builder()
                .appName("espalier")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", "target/warehouse");
    }

    /** Rows with a number and a text. */
    static Dataset<Row> texts(SparkSession session, List<String> texts, int partitions) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            rows.add(RowFactory.create(i, texts.get(i)));
        }
        StructType type = new StructType().add("id", DataTypes.IntegerType).add("text", DataTypes.StringType);
        return session.createDataFrame(rows, type).repartition(partitions);
    }

    /** Rows as text, in the order of the first column: what two data frames are compared by. */
    static List<String> table(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .sorted(java.util.Comparator.comparingInt((Row row) -> row.getInt(0))
                        .thenComparing(Row::toString))
                .map(Row::json)
                .toList();
    }

    static void quiet(SparkContext context) {
        context.setLogLevel("ERROR");
    }
}
