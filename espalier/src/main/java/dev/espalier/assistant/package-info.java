/** A model that answers conversations: messages, tools and a form of the answer in, reasoning, text and calls out. What servers and adapters of other frameworks are built on. */
@NullMarked
package dev.espalier.assistant;

import org.jspecify.annotations.NullMarked;
