// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.unseen.input.UnseenInput;
import dev.espalier.jsonschemabench.unseen.trial.Fault;
import dev.espalier.jsonschemabench.unseen.trial.TextVerdict;
import dev.espalier.jsonschemabench.unseen.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is left to say of a result when its machine has answered: texts of grammars and patterns are judged here. */
final class Judgement {

    private Judgement() {}

    /** The result with the faults of texts that were not judged yet. */
    static TrialResult judged(UnseenInput input, TrialResult result) {
        List<Fault> faults = new ArrayList<>(result.faults());
        int judged = 0;
        int valid = 0;
        for (TextVerdict verdict : result.verdicts()) {
            Optional<Boolean> has = input.has(verdict.text());
            if (has.isPresent()) {
                judged++;
                valid += has.get() ? 1 : 0;
                if (has.get() != verdict.accepted()) {
                    Fault.Kind kind = verdict.accepted() ? Fault.Kind.WRONG_ACCEPTANCE : Fault.Kind.WRONG_REFUSAL;
                    faults.add(new Fault(kind, "plain recogniser differs", "", "", verdict.text()));
                }
            }
        }
        return result.judgedAs(faults, judged, valid);
    }
}
