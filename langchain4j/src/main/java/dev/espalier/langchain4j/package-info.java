/** Models of LangChain4j that run in this process, and keep schemas and tools exactly. */
@NullMarked
package dev.espalier.langchain4j;

import org.jspecify.annotations.NullMarked;
