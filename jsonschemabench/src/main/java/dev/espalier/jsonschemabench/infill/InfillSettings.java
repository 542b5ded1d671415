// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.sampler.diffusion.policy.CommitPolicy;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What decides the results of all trials.
 *
 * @param tokenizer that of the models without weights; empty for that of the embedded model
 * @param policy the name of a policy; empty for as many slots in each of the steps
 * @param steps passes, where no policy is named
 * @param temperature how tokens are drawn from models with an opinion; from others all that is allowed is equally likely
 * @param seed decides all draws; each trial has one of its own made from this one
 * @param order the order of members
 * @param repeatedKeys whether keys that a schema does not name may repeat: a relaxation that lets open objects be read
 * @param seconds time for one trial, compiling left out
 */
public record InfillSettings(
        Optional<Path> tokenizer,
        Optional<String> policy,
        int steps,
        double temperature,
        long seed,
        MemberOrder order,
        boolean repeatedKeys,
        int seconds) {

    /**
     * Checks the policy.
     *
     * @throws InvalidInputException if there is none of that name
     */
    public InfillSettings {
        policy.ifPresent(CommitPolicies::parse);
    }

    /** The policy for a model: for one without opinion slots come in random order. */
    CommitPolicy policyFor(ModelChoice model) {
        String order = model.kind() == ModelChoice.Kind.UNIFORM ? "random" : "probability";
        return CommitPolicies.parse(policy.orElse("even:" + steps + "," + order));
    }

    /** How tokens are drawn: the same for all strategies. */
    SamplingParameters parameters(ModelChoice model, String trial) {
        boolean uniform = model.kind() == ModelChoice.Kind.UNIFORM;
        return SamplingParameters.DEFAULT
                .withTemperature(uniform && temperature == 0 ? 1 : temperature)
                .withSeed(seedOf(trial));
    }

    /** Decides the choices of one trial, whichever others run. */
    long seedOf(String trial) {
        CRC32 crc = new CRC32();
        crc.update(trial.getBytes(StandardCharsets.UTF_8));
        return seed * 31 + crc.getValue();
    }

    /** Where keys may repeat, what is looked at only in a finished text is let pass: the judge looks at it. */
    SchemaOptions options() {
        SchemaOptions options = SchemaOptions.DEFAULT
                .withMemberOrder(order)
                .withLimits(SchemaOptions.DEFAULT.limits().withCompileDeadline(Duration.ofMillis(seconds * 1000L)));
        return repeatedKeys ? options.withRepeatedKeys(true).allow(Enforcement.CHECKED_AT_END) : options;
    }

    /**
     * As options of the command line.
     *
     * @param cost whether masks are timed and no canvas is filled
     */
    Settings asOptions(boolean cost) {
        Settings settings = Settings.none()
                .with("--cost", cost)
                .with("--policy", policy.orElse(""))
                .with("--steps", steps)
                .with("--temperature", temperature)
                .with("--seed", seed)
                .with("--order", order.name().toLowerCase(Locale.ROOT))
                .with("--repeated-keys", repeatedKeys)
                .with("--timeout", seconds);
        return tokenizer
                .map(file -> settings.withFile("--tokenizer", file))
                .orElseGet(() -> settings.with("--tokenizer", ""));
    }
}
