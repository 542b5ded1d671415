/** Texts with tagged parts: free text with calls in it, blocks of reasoning, and their JSON form. */
@NullMarked
package dev.espalier.tag;

import org.jspecify.annotations.NullMarked;
