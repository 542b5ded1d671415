package dev.espalier.sampler.diffusion;

import dev.espalier.core.error.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the names of policies: a kind, numbers and perhaps an order, and behind a plus sign the policy inside. */
final class PolicyName {

    private static final String KINDS = "fixed:<slots>[,<order>], even:<steps>[,<order>], time:<steps>[,<order>], "
            + "threshold:<confidence>, neighbourhood:<confidence>,<relaxed>,<radius>, "
            + "credit:<confidence>,<decay>,<strength>,<exponent>, entropy-bound:<nats>, "
            + "gap:<early>,<middle>,<late>+<policy>, consistent:<passes>+<policy>, remask:<confidence>,<times>+<policy>; "
            + "orders are probability, entropy, margin, random, left";

    private final String name;
    private final List<String> arguments;

    private PolicyName(String name, List<String> arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    static CommitPolicy read(String name) {
        int plus = name.indexOf('+');
        String head = plus < 0 ? name : name.substring(0, plus);
        int colon = head.indexOf(':');
        String kind = colon < 0 ? head : head.substring(0, colon);
        List<String> arguments = colon < 0
                ? List.of()
                : Arrays.stream(head.substring(colon + 1).split(",", -1))
                        .map(String::strip)
                        .toList();
        PolicyName reader = new PolicyName(name, arguments);
        return plus < 0 ? reader.plain(kind) : reader.around(kind, read(name.substring(plus + 1)));
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
            case "gap", "consistent", "remask" -> around(kind, CommitPolicy.even(32));
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

    /** Fails unless a parameter is in its range. */
    static void require(boolean holds, String parameter, String range, Object value) {
        if (!holds) {
            throw new InvalidInputException(parameter + " must be " + range + ", but was " + value);
        }
    }
}
