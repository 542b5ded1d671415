/** LangChain4j's AI services over the embedded model. */
@NullMarked
package dev.espalier.example.langchain4j;

import org.jspecify.annotations.NullMarked;
