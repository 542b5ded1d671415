// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.Infiller;
import dev.espalier.Infilling;
import dev.espalier.InfillingRequest;
import dev.espalier.Output;
import dev.espalier.sampler.diffusion.InfillListener;
import dev.espalier.sampler.diffusion.InfillStep;

final class InfillExample {

    // README: infilling
    record Ticket(String number, String reporter, boolean urgent) {}

    static Ticket fill(Infiller infiller, String mail) { // Sprig.infiller(), or Infiller.of(model)
        String canvas = "{\"number\":\"[[*]]\",\"reporter\":\"Mira Holm\",\"urgent\":[[1-3]]}";
        Infilling<Ticket> infilling = infiller.infill(InfillingRequest.of(mail, Output.of(Ticket.class), canvas)
                .with(new InfillListener() {
                    @Override
                    public void onStep(InfillStep step) {
                        System.err.println(step.after().freeSlots() + " slots are free");
                    }
                }));
        return infilling.orElseThrow(); // an UnsatisfiableException says how many slots are needed
    }
    // end

    private InfillExample() {}
}
