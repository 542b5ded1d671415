/**
 * The protocol of OpenAI's API, without HTTP: requests as JSON to answers as JSON, whole or in frames. What a request asks for is kept in full, or refused with the name of the member.
 */
@NullMarked
package dev.espalier.protocol;

import org.jspecify.annotations.NullMarked;
