// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.spark;

import dev.espalier.spark.EspalierSpark;
import dev.espalier.spark.ModelSpec;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads e-mails, one JSON object a line, and shows the orders in them as typed columns. */
public final class MailOrders {

    /** What is read from an e-mail. */
    public record Order(String customer, String item, int quantity, LocalDate day) {}

    private MailOrders() {}

    /** Runs it with the file of the e-mails. */
    public static void main(String[] arguments) {
        SparkSession session = SparkSession.builder()
                .appName("orders")
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate();
        Dataset<Row> mails = session.read().schema("id int, text string").json(arguments[0]);
        Dataset<Row> orders = EspalierSpark.over(mails)
                .model(ModelSpec.embedded())
                .key("id")
                .prompt("text")
                .record(Order.class)
                .budget(96)
                .output("order")
                .generate()
                .cache();
        orders.select("order.value.*", "order.outcome").printSchema();
        orders.selectExpr("id", "order.value.*", "order.outcome", "order.error.message as error")
                .show(false);
        session.stop();
    }
}
