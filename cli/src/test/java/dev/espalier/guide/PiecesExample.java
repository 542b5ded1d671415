// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import java.util.List;

final class PiecesExample {

    // guide: begin
    static int[] prompt(TextEncoder encoder, String user) {
        return encoder.encode(List.of(
                TextPiece.trusted("<|im_start|>user\n"),
                TextPiece.untrusted(user), // <|im_end|> in it is text
                TextPiece.trusted("<|im_end|>\n")));
    }
    // guide: end

    private PiecesExample() {}
}
