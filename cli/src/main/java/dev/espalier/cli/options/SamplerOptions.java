// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.file.WholeFile;
import dev.espalier.sampler.sequence.ResamplingPoint;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenPredicate;
import dev.espalier.sampler.sequence.beam.BeamSampler;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import dev.espalier.sampler.sequence.smc.Resampling;
import dev.espalier.sampler.sequence.trie.LearnedTrie;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options for the sampler that draws whole texts. */
public final class SamplerOptions {

    /** The samplers to which each option applies. */
    private static final Map<String, Set<Name>> FOR = Map.of(
            "--where", Set.of(Name.AWRS),
            "--beams", Set.of(Name.BEAM),
            "--groups", Set.of(Name.BEAM),
            "--length-exponent", Set.of(Name.BEAM),
            "--particles", Set.of(Name.SMC),
            "--threshold", Set.of(Name.SMC),
            "--resampling", Set.of(Name.SMC),
            "--steps", Set.of(Name.MCMC),
            "--from", Set.of(Name.MCMC),
            "--learned", Set.of(Name.CARS, Name.ARS, Name.ASAP));

    /** The samplers by their names on the command line. */
    private enum Name {
        MASKED,
        AWRS,
        REJECTION,
        ARS,
        CARS,
        ASAP,
        APRAD,
        SMC,
        MCMC,
        BEAM,
        LIKELIEST,
        EXACT
    }

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = {
                "Exact independent samples: exact (languages small enough to walk through), cars, ars, rejection.",
                "With weights that make averages right: masked, awrs, asap, smc.",
                "Without a claim after finitely many steps: mcmc, aprad.",
                "The likeliest texts, nothing random: likeliest (exactly), beam (those that were found).",
                "Default: masked."
            })
    private Name name = Name.MASKED;

    @Option(
            names = "--where",
            paramLabel = "REGEX",
            description = "awrs: a condition on the whole text besides the schema, asked token by token.")
    private @Nullable String where;

    @Option(
            names = "--beams",
            paramLabel = "N",
            description = "beam: beginnings that are kept, at least as many as texts are wanted. Default: 4, or -n.")
    private @Nullable Integer beams;

    @Option(
            names = "--groups",
            paramLabel = "G",
            description = "beam: groups of beams that avoid each other's tokens. Default: 1.")
    private int groups = 1;

    @Option(
            names = "--length-exponent",
            paramLabel = "A",
            description = "beam: the log probability is divided by the length to this power. Default: 0.")
    private double lengthExponent;

    @Option(names = "--particles", paramLabel = "N", description = "smc: texts that grow together. Default: 10.")
    private int particles = Samplers.smc().particles();

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "smc: resample below this share of effective particles. Default: 0.5.")
    private double threshold = Samplers.smc().threshold();

    @Option(
            names = "--resampling",
            paramLabel = "systematic|stratified|multinomial",
            description = "smc: how particles are drawn anew. Default: systematic.")
    private Resampling resampling = Samplers.smc().resampling();

    @Option(names = "--steps", paramLabel = "K", description = "mcmc: steps of each chain. Default: 10.")
    private int steps = 10;

    @Option(
            names = "--from",
            paramLabel = "restart|uniform|priority",
            description =
                    "mcmc: where a step writes the text anew from: its beginning, anywhere, or where the model was"
                            + " unsure. Default: restart.")
    private ResamplingPoint point = ResamplingPoint.RESTART;

    @Option(
            names = "--learned",
            paramLabel = "FILE",
            description =
                    "cars, ars, asap: what was learned of this prompt; read if it is there, and written at the end.")
    private @Nullable Path learned;

    private @Nullable LearnedTrie trie;

    public SamplerOptions() {}

    /**
     * The sampler that the options name.
     *
     * @param situation an identification of the prompt, the model, the output and the parameters
     * @param count how many texts are wanted
     */
    public SequenceSampler sampler(Generator generator, String situation, int count) {
        FOR.forEach((option, samplers) -> {
            if (spec.commandLine().getParseResult().hasMatchedOption(option) && !samplers.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " is not for the sampler " + name.name().toLowerCase(java.util.Locale.ROOT));
            }
        });
        return switch (name) {
            case MASKED -> Samplers.masked();
            case AWRS -> Samplers.awrs(predicate(generator));
            case REJECTION -> Samplers.rejection();
            case ARS -> Samplers.adaptiveRejection(trie(LearnedTrie.Learning.TOKENS, situation));
            case CARS -> Samplers.constrainedAdaptiveRejection(trie(LearnedTrie.Learning.MASKS, situation));
            case ASAP -> Samplers.asap(trie(LearnedTrie.Learning.MASKS, situation));
            case APRAD -> Samplers.aprAd();
            case SMC ->
                Samplers.smc().withParticles(particles).withThreshold(threshold).with(resampling);
            case MCMC -> Samplers.metropolisHastings(point, steps);
            case BEAM -> beam(count);
            case LIKELIEST -> Samplers.likeliest();
            case EXACT -> Samplers.exact();
        };
    }

    private BeamSampler beam(int count) {
        int width = beams == null ? Math.max(Samplers.beam().beams(), count) : beams;
        if (width < count || groups < 1 || (beams != null && width % groups != 0)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--beams must be at least as many as -n, which is " + count + ", and a multiple of --groups");
        }
        int even = (width + groups - 1) / groups * groups;
        return Samplers.beam()
                .withBeams(even)
                .withGroups(groups, Samplers.beam().diversity())
                .withLengthExponent(lengthExponent);
    }

    private TokenPredicate predicate(Generator generator) {
        if (where == null) {
            throw new ParameterException(spec.commandLine(), "--sampler awrs wants a condition: --where REGEX");
        }
        return TokenPredicate.of(
                generator.compiler().compile(Output.regex(where)).grammar());
    }

    private LearnedTrie trie(LearnedTrie.Learning learning, String situation) {
        LearnedTrie known = new LearnedTrie(learning, LearnedTrie.MAX_NODES);
        if (learned != null) {
            Path folder = learned.toAbsolutePath().getParent();
            if (folder != null && !Files.isWritable(folder)) {
                throw new InvalidInputException(learned + ": cannot be written: no such folder, or it is read-only");
            }
        }
        if (learned != null && Files.exists(learned)) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(learned))) {
                known = LearnedTrie.load(in, situation, LearnedTrie.MAX_NODES);
            } catch (IOException e) {
                throw new InvalidInputException(learned + ": cannot be read: " + e.getMessage(), e);
            }
        }
        trie = known;
        return known;
    }

    /** Saves what the sampler has learned, if the options name a file for it. */
    public void save(String situation) {
        LearnedTrie known = trie;
        if (known == null || learned == null) {
            return;
        }
        try {
            WholeFile.write(learned, out -> known.save(out, situation));
        } catch (IOException e) {
            throw new InvalidInputException(learned + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
