/** Schema documents: the places of schemas, the keywords in force in each, and the targets of references. */
@NullMarked
package dev.espalier.schemas.document;

import org.jspecify.annotations.NullMarked;
