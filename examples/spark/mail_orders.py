# SPDX-License-Identifier: Apache-2.0
"""Orders out of e-mails from PySpark: spark-submit --jars espalier-spark-VERSION-all.jar mail_orders.py mails.jsonl"""

import json
import sys

from pyspark.sql import DataFrame, SparkSession

SCHEMA = json.dumps({
    "type": "object",
    "properties": {
        "customer": {"type": "string"},
        "item": {"type": "string"},
        "quantity": {"type": "integer", "minimum": 0, "maximum": 1000},
        "day": {"type": "string", "format": "date"},
    },
    "required": ["customer", "item", "quantity", "day"],
    "additionalProperties": False,
})

spark = SparkSession.builder.appName("orders").config("spark.ui.enabled", "false").getOrCreate()
mails = spark.read.schema("id int, text string").json(sys.argv[1])

espalier = spark._jvm.dev.espalier.spark
key = spark._sc._gateway.new_array(spark._jvm.String, 1)
key[0] = "id"
answered = (
    espalier.EspalierSpark.over(mails._jdf)
    .model(espalier.ModelSpec.embedded())
    .key(key)
    .prompt("text")
    .schema(SCHEMA)
    .budget(96)
    .generate()
)
orders = DataFrame(answered, spark)
orders.selectExpr("id", "answer.value.*", "answer.outcome", "answer.error.message as error").show(truncate=False)
spark.stop()
