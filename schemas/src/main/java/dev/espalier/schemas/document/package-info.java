/** Schema documents: where each schema is, which keywords are in force there, and where references lead. */
@NullMarked
package dev.espalier.schemas.document;

import org.jspecify.annotations.NullMarked;
