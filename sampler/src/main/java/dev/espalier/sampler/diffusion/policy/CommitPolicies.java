// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.diffusion.plan.SlotOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** All commit policies there are here: the usual ones by method, every one by its name. */
public final class CommitPolicies {

    private static final String KINDS = "fixed:<slots>[,<order>], even:<steps>[,<order>], time:<steps>[,<order>], "
            + "threshold:<confidence>, neighbourhood:<confidence>,<relaxed>,<radius>, "
            + "credit:<confidence>,<decay>,<strength>,<exponent>, entropy-bound:<nats>, "
            + "gap:<early>,<middle>,<late>+<policy>, consistent:<passes>+<policy>, remask:<confidence>,<times>+<policy>; "
            + "orders are probability, entropy, margin, random, left";

    private final String name;
    private final List<String> arguments;

    private CommitPolicies(String name, List<String> arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    /** A fixed number of slots in each pass, the most probable first. */
    public static CommitPolicy fixed(int count) {
        return new FixedCount(count, SlotOrder.PROBABILITY);
    }

    /** All slots in a fixed number of passes, evenly spread, the most probable first. */
    public static CommitPolicy even(int steps) {
        return new EvenSteps(steps, SlotOrder.PROBABILITY);
    }

    /** All slots of at least this confidence, and always the surest one. */
    public static CommitPolicy threshold(double confidence) {
        return new ConfidenceThreshold(confidence);
    }

    /**
     * The policy of a name: {@code fixed:4}, {@code even:32,entropy}, {@code time:32,margin}, {@code threshold:0.9}, {@code
     * neighbourhood:0.9,0.75,4}, {@code credit:0.9}, {@code entropy-bound:0.1}; and around another, {@code
     * gap:7.5,5,2.5+even:32}, {@code consistent:2+threshold:0.9}, {@code remask:0.5,1+fixed:4}. Numbers that are left out
     * from the right have the value that their source proposes.
     *
     * @throws InvalidInputException if there is no such policy, or a number is out of range; it lists the names
     */
    public static CommitPolicy parse(String name) {
        Objects.requireNonNull(name, "name");
        int plus = name.indexOf('+');
        String head = plus < 0 ? name : name.substring(0, plus);
        int colon = head.indexOf(':');
        String kind = colon < 0 ? head : head.substring(0, colon);
        List<String> arguments = colon < 0
                ? List.of()
                : Arrays.stream(head.substring(colon + 1).split(",", -1))
                        .map(String::strip)
                        .toList();
        CommitPolicies named = new CommitPolicies(name, arguments);
        return plus < 0 ? named.plain(kind) : named.around(kind, parse(name.substring(plus + 1)));
    }

    private CommitPolicy plain(String kind) {
        return switch (kind) {
            case "fixed" -> new FixedCount(integer(0, 1), order(1));
            case "even" -> new EvenSteps(integer(0, 32), order(1));
            case "time" -> new TimeSteps(integer(0, 32), order(1));
            case "threshold" -> new ConfidenceThreshold(number(0, 0.9));
            case "neighbourhood" -> new Neighbourhood(number(0, 0.9), number(1, 0.75), integer(2, 4));
            case "credit" -> new CreditAccumulation(number(0, 0.9), number(1, 0.65), number(2, 0.7), number(3, 0.5));
            case "entropy-bound" -> new EntropyBound(number(0, 0.1));
            case "gap", "consistent", "remask" -> around(kind, even(32));
            default -> throw unknown("there is no such kind");
        };
    }

    private CommitPolicy around(String kind, CommitPolicy inner) {
        return switch (kind) {
            case "gap" -> new TopGap(number(0, 7.5), number(1, 5), number(2, 2.5), inner);
            case "consistent" -> new Consistency(integer(0, 2), inner);
            case "remask" -> new Remasking(number(0, 0.5), integer(1, 1), inner);
            default -> throw unknown("only gap, consistent and remask stand around another policy");
        };
    }

    private Optional<String> argument(int index) {
        return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
    }

    private double number(int index, double otherwise) {
        try {
            return argument(index).map(Double::parseDouble).orElse(otherwise);
        } catch (NumberFormatException wrong) {
            throw unknown("\"" + arguments.get(index) + "\" is no number");
        }
    }

    private int integer(int index, int otherwise) {
        try {
            return argument(index).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException wrong) {
            throw unknown("\"" + arguments.get(index) + "\" is no whole number");
        }
    }

    private SlotOrder order(int index) {
        String label = argument(index).orElse("probability").toLowerCase(Locale.ROOT);
        return Arrays.stream(SlotOrder.values())
                .filter(order -> order.label().equals(label))
                .findFirst()
                .orElseThrow(() -> unknown("\"" + label + "\" is no order"));
    }

    private InvalidInputException unknown(String reason) {
        return new InvalidInputException(
                "\"" + name + "\" is not the name of a policy, " + reason + "; known are " + KINDS);
    }
}
