// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

final class SubmitExample {

    // guide: begin
    static List<String> submitted(Generator generator, List<String> mails) {
        Output<String> mood = Output.choice("glad", "angry", "neutral");
        List<CompletableFuture<Generation<String>>> moods = mails.stream()
                .map(mail -> generator.submit(Request.of(mail, mood).withDeadline(Duration.ofMinutes(1))))
                .toList();
        return moods.stream().map(one -> one.join().orElseThrow()).toList();
    }
    // guide: end

    private SubmitExample() {}
}
