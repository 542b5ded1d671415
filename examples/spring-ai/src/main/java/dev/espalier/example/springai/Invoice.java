// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.springai;

import java.math.BigDecimal;
import java.time.LocalDate;

/** An invoice as a text tells it. */
public record Invoice(String customer, LocalDate date, BigDecimal total) {}
