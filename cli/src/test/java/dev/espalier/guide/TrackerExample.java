// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.core.Cancellation;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.stream.ValueEvent;
import dev.espalier.stream.ValueTracker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

final class TrackerExample {

    // guide: begin
    static List<ValueEvent> events(CompiledGrammar schema, List<String> pieces) {
        List<ValueEvent> events = new ArrayList<>();
        ValueTracker tracker = ValueTracker.of(schema, ValueEvent.to(events::add), new Cancellation());
        for (String piece : pieces) {
            tracker.accept(piece.getBytes(StandardCharsets.UTF_8)); // the bytes of a committed token
        }
        tracker.finish();
        return events;
    }
    // guide: end

    private TrackerExample() {}
}
