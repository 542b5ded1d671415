// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.gap;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reader of the syntax of {@link GappedText#parse(String)}. */
final class GapSyntax {

    private static final Pattern OPENING = Pattern.compile("(\\\\*)(\\[{2,})");
    private static final Pattern GAP = Pattern.compile("\\[\\[(?:(\\d{1,9})|(\\d{1,9})-(\\d{1,9}|\\*)|(\\*))]]");

    private GapSyntax() {}

    /** As {@link GappedText#parse(String, String)}. */
    static GappedText read(String source, String text) {
        GappedText read = GappedText.of("");
        Matcher opening = OPENING.matcher(text);
        int done = 0;
        while (opening.find(done)) {
            String backslashes = opening.group(1);
            String halved = "\\".repeat(backslashes.length() / 2);
            read = read.text(text.substring(done, opening.start()) + halved);
            if (backslashes.length() % 2 == 1) {
                read = read.text("[[");
                done = opening.end(1) + 2;
                continue;
            }
            int start = opening.end() - 2;
            read = read.text(text.substring(opening.end(1), start));
            Matcher gap = GAP.matcher(text).region(start, text.length());
            if (!gap.lookingAt()) {
                throw new SyntaxException(
                        "expected a gap: [[8]], [[4-12]], [[4-*]] or [[*]]; where two brackets are meant, write \\[[",
                        Place.in(source, text, start));
            }
            read = with(read, gap, Place.in(source, text, start));
            done = gap.end();
        }
        return read.text(text.substring(done));
    }

    private static GappedText with(GappedText read, Matcher gap, Place place) {
        if (gap.group(4) != null) {
            return read.gapFrom(0);
        }
        if (gap.group(1) != null) {
            int count = Integer.parseInt(gap.group(1));
            return read.gap(count, count);
        }
        int least = Integer.parseInt(gap.group(2));
        if (gap.group(3).equals("*")) {
            return read.gapFrom(least);
        }
        int most = Integer.parseInt(gap.group(3));
        if (most < least) {
            throw new SyntaxException("a gap cannot have " + least + " to " + most + " tokens", place);
        }
        return read.gap(least, most);
    }
}
