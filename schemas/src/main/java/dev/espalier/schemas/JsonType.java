package dev.espalier.schemas;

/** The kinds of JSON values that the first byte tells apart. */
enum JsonType {
    NULL,
    TRUE,
    FALSE,
    NUMBER,
    STRING,
    ARRAY,
    OBJECT
}
