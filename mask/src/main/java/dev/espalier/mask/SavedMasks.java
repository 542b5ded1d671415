package dev.espalier.mask;

import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
import dev.espalier.grammar.ByteString;
import dev.espalier.grammar.error.PreparedFileException;
import dev.espalier.grammar.error.PreparedFileException.Reason;
import dev.espalier.mask.file.TableReader;
import dev.espalier.mask.file.TableWriter;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.stack.SegmentMasks;
import dev.espalier.mask.vocabulary.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one compiled grammar as tables of a prepared file. States have keys that no file can hold; so the file holds how
 * to come to them: each set of stacks is the symbol that leads to it from a set before it. Reading takes the same steps, one a
 * set, and keeps each mask under the key of the state that it meets there, if that state shows the traits that it had.
 * See {@code docs/files.md}. One thread, used once.
 */
final class SavedMasks {

    /** Goes up with every change of what the mask of a state is: accepted tokens, residuals, results, growth. */
    private static final int ENGINE = 2;

    private final CompiledGrammar grammar;
    private final Vocabulary vocabulary;
    private final MaskPool masks;
    private final ResidualPool residuals;
    private int states;

    SavedMasks(CompiledGrammar grammar) {
        this.grammar = grammar;
        this.vocabulary = grammar.vocabulary();
        this.masks = new MaskPool(vocabulary);
        this.residuals = new ResidualPool(vocabulary);
    }

    private static String engine() {
        return ENGINE + " " + SavedMasks.class.getPackage().getImplementationVersion();
    }

    /** The mask of a state, and what tells the state apart from others in its set. */
    private record Saved(ByteString traits, FrameMask mask) {}

    /** Adds the tables; the number of states. */
    int write(Reachable reachable, TableWriter out) {
        List<Reachable.Place> places = reachable.places();
        List<List<Saved>> saved = new ArrayList<>();
        for (Reachable.Place place : places) {
            saved.add(saved(place));
        }
        boolean[] needed = new boolean[places.size()];
        for (int i = places.size() - 1; i > 0; i--) {
            needed[i] |= !saved.get(i).isEmpty();
            if (needed[i]) {
                needed[places.get(i).parent()] = true;
            }
        }
        CompactWriter walk = new CompactWriter();
        Map<ByteString, Integer> traits = new LinkedHashMap<>();
        int[] numbers = new int[places.size()];
        int count = 0;
        for (int i = 0; i < places.size(); i++) {
            if (i > 0 && !needed[i]) {
                continue;
            }
            if (i > 0) {
                walk.number(numbers[places.get(i).parent()]);
                walk.number(places.get(i).symbol() - Reachable.OPENED);
            }
            numbers[i] = count++;
            write(saved.get(i), traits, walk);
        }
        out.texts("masks.engine", List.of(engine()));
        out.texts("masks.vocabulary", List.of(vocabulary.fingerprint()));
        out.ints("masks.counts", count, states);
        CompactWriter allTraits = new CompactWriter();
        allTraits.number(traits.size());
        traits.keySet().forEach(each -> allTraits.bytes(each.toByteArray()));
        out.bytes("masks.traits", allTraits.toBytes());
        CompactWriter pools = new CompactWriter();
        masks.write(pools);
        residuals.write(pools);
        out.bytes("masks.pools", pools.toBytes());
        out.bytes("masks.walk", walk.toBytes());
        return states;
    }

    /** The states of a place whose masks are kept: the others are found as quickly as they could be read. */
    private List<Saved> saved(Reachable.Place place) {
        List<Saved> saved = new ArrayList<>();
        for (State state : place.states()) {
            FrameMask mask = SegmentMasks.isAskedFor(state) ? grammar.mask(state) : null;
            if (mask != null && isTold(state, place.set())) {
                saved.add(new Saved(StateTraits.of(state), mask));
            }
        }
        return saved;
    }

    /** Whether no other top state of a set has the same traits. */
    private static boolean isTold(State state, StackSet set) {
        ByteString traits = StateTraits.of(state);
        int alike = 0;
        for (int i = 0; i < set.size(); i++) {
            alike += StateTraits.of(set.top(i)).equals(traits) ? 1 : 0;
        }
        return alike == 1;
    }

    private void write(List<Saved> saved, Map<ByteString, Integer> traits, CompactWriter walk) {
        walk.number(saved.size());
        for (Saved each : saved) {
            FrameMask mask = each.mask;
            walk.number(traits.computeIfAbsent(each.traits, added -> traits.size()));
            walk.number(masks.number(mask.accepted()));
            walk.numbers(mask.endsBefore());
            walk.numbers(mask.residuals().stream().mapToInt(residuals::number).toArray());
            states++;
        }
    }

    /**
     * Keeps the masks of a file in the grammar's memory; the number of those that were kept.
     *
     * @throws PreparedFileException if they are of another engine or vocabulary, or damaged
     */
    int read(TableReader in) {
        check(in);
        try {
            CompactReader pools = new CompactReader(in.bytes("masks.pools"));
            masks.read(vocabulary.size(), pools);
            residuals.read(pools);
            return walk(in);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException forged) {
            throw in.refusal(Reason.DAMAGED, "has tables that contradict each other");
        }
    }

    private void check(TableReader in) {
        String engine = String.join(",", in.texts("masks.engine"));
        if (!engine.equals(engine())) {
            throw in.refusal(
                    Reason.VERSION, "has masks of engine " + engine + ", which engine " + engine() + " does not read");
        }
        String fingerprint = String.join(",", in.texts("masks.vocabulary"));
        if (!fingerprint.equals(vocabulary.fingerprint())) {
            throw in.refusal(
                    Reason.VOCABULARY,
                    "has masks for the vocabulary with the fingerprint " + shown(fingerprint) + ", and this one has "
                            + shown(vocabulary.fingerprint()));
        }
    }

    private static String shown(String fingerprint) {
        return fingerprint.substring(0, Math.min(16, fingerprint.length())) + "…";
    }

    private int walk(TableReader in) {
        List<ByteString> traits = traits(in);
        CompactReader walk = new CompactReader(in.bytes("masks.walk"));
        int count = in.ints("masks.counts", 2)[0];
        in.check(count >= 1 && count <= walk.left(), "masks.counts");
        StackSet[] sets = new StackSet[count];
        Stepper stepper = grammar.newStepper();
        int kept = 0;
        for (int i = 0; i < sets.length; i++) {
            sets[i] = i == 0 ? grammar.start() : next(in, walk, stepper, sets, i);
            for (int left = walk.number(); left > 0; left--) {
                ByteString shown = traits.get(walk.number());
                TokenMask accepted = masks.get(walk.number());
                int[] endsBefore = walk.numbers();
                List<Residual> residual = new ArrayList<>();
                for (int number : walk.numbers()) {
                    residual.add(residuals.get(number));
                }
                State state = only(sets[i], shown);
                if (state != null) {
                    checkResults(in, state, endsBefore, residual);
                    grammar.keep(state, new FrameMask(accepted, endsBefore, List.copyOf(residual), 0));
                    kept++;
                }
            }
        }
        return kept;
    }

    private StackSet next(TableReader in, CompactReader walk, Stepper stepper, StackSet[] sets, int known) {
        int from = walk.number();
        int symbol = walk.number() + Reachable.OPENED;
        int symbols = State.SPECIAL + grammar.automaton().specialTokens().size();
        in.check(from >= 0 && from < known && symbol >= Reachable.OPENED && symbol < symbols, "masks.walk");
        return Reachable.next(stepper, sets[from], symbol);
    }

    /** What a frame may end with is known of its state: nothing else may be handed to the frame below. */
    private static void checkResults(TableReader in, State state, int[] endsBefore, List<Residual> residuals) {
        int[] goal = state.goal();
        for (int result : endsBefore) {
            in.check(Arrays.stream(goal).anyMatch(one -> one == result), "masks.walk");
        }
        for (Residual residual : residuals) {
            in.check(Arrays.stream(goal).anyMatch(one -> one == residual.result()), "masks.pools");
        }
    }

    private static List<ByteString> traits(TableReader in) {
        CompactReader all = new CompactReader(in.bytes("masks.traits"));
        List<ByteString> traits = new ArrayList<>();
        for (int left = all.number(); left > 0; left--) {
            traits.add(ByteString.of(all.bytes()));
        }
        return traits;
    }

    /** The only top state with some traits; null if there is none, or more than one. */
    private static @Nullable State only(StackSet set, ByteString traits) {
        State only = null;
        for (int i = 0; i < set.size(); i++) {
            if (StateTraits.of(set.top(i)).equals(traits)) {
                if (only != null) {
                    return null;
                }
                only = set.top(i);
            }
        }
        return only;
    }
}
