// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Types with annotations of Jakarta Validation. */
final class ConstraintRows {

    record Sized(
            @Size(max = 3) String text,
            @Size(min = 2) String least,
            @NotEmpty String some) {}

    record Items(
            @Size(min = 1, max = 2) List<Integer> list,
            @NotEmpty Set<String> set,
            @Size(max = 1) int[] array) {}

    record Entries(@NotEmpty @Size(max = 2) Map<String, Integer> map) {}

    record Inner(
            List<@Size(max = 3) @NotNull String> texts,
            Map<@NotEmpty String, @Min(1) Integer> map,
            Optional<@Max(9) Integer> maybe) {}

    record Nested(List<List<@Positive Integer>> deep, List<@NotBlank String> blanks, List<Optionals> list) {}

    record Optionals(
            @Min(3) OptionalInt number, @Size(max = 2) Optional<String> text) {}

    record Integers(
            @Min(1) int a,
            @Max(100) @PositiveOrZero long b,
            @Positive Short c,
            @Negative BigInteger d,
            @NegativeOrZero byte e,
            @DecimalMin("1.5") int f,
            @DecimalMax(value = "3", inclusive = false) int g,
            @Digits(integer = 3, fraction = 0) int h) {}

    record Decimals(
            @Min(1) double a,
            @DecimalMax("99.5") BigDecimal b,
            @Positive float c,

            @DecimalMin(value = "0.25", inclusive = false) @DecimalMax(value = "0.75", inclusive = false)
            double d,

            @Negative BigDecimal e,
            @Digits(integer = 2, fraction = 1) double f) {}

    record Texts(
            @NotBlank String a,
            @Pattern(regexp = "[A-Z]{2}-\\d{1,3}") String b,
            @Pattern(regexp = "^\\w+(?:\\s\\w+)*?$") String c,
            @Email String d,

            @Size(min = 2, max = 4) @Pattern(regexp = "[a-c]+") @NotBlank
            String e) {}

    record Repeated(
            @Pattern(regexp = "[a-z]{1,9}") @Pattern(regexp = ".*[aeiou].*")
            String a,

            @Min.List({@Min(1), @Min(3)}) int b) {}

    record Flags(@AssertTrue boolean yes, @AssertFalse Boolean no) {}

    record Wrapper(@JsonValue @Size(max = 3) String text) {}

    record OfWrapper(
            @Valid @NotNull Wrapper wrapper, @NotEmpty List<@Valid Wrapper> all) {}

    static final class Bean {
        @Size(max = 2)
        private String name = "";

        private List<@Min(1) Integer> numbers = List.of();

        @Max(5)
        public int getSize() {
            return size;
        }

        private int size;

        public void setSize(int size) {
            this.size = size;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public void setNumbers(List<Integer> numbers) {
            this.numbers = numbers;
        }

        public List<Integer> getNumbers() {
            return numbers;
        }
    }

    interface Named {
        @Size(max = 4)
        String getName();
    }

    static final class Inherited implements Named {
        private String name = "";

        @Override
        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    record NonEmptyTree(
            @NotEmpty String name, @Size(max = 2) List<NonEmptyTree> children) {}

    private ConstraintRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(
                Row.of(
                        Entries.class,
                        "{'type':'object','properties':{'map':{'type':'object','additionalProperties':"
                                + "{'type':'integer','minimum':-2147483648,'maximum':2147483647},'minProperties':1,'maxProperties':2}},"
                                + "'required':['map'],'additionalProperties':false}"),
                Row.of(
                        Flags.class,
                        "{'type':'object','properties':{'yes':{'type':'boolean','const':true},'no':{'type':'boolean','const':false}},"
                                + "'required':['yes','no'],'additionalProperties':false}")));
        for (Class<?> type : List.of(
                Sized.class,
                Items.class,
                Inner.class,
                Nested.class,
                Integers.class,
                Decimals.class,
                Texts.class,
                Repeated.class,
                Wrapper.class,
                OfWrapper.class,
                Bean.class,
                Inherited.class,
                NonEmptyTree.class)) {
            rows.add(Row.of(type));
        }
        return rows;
    }
}
