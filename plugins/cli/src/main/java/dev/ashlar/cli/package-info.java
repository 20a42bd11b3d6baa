// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: {@code train}, {@code predict}, {@code devices}, {@code conformance} and {@code bench}.
 *
 * <p>Start with {@link dev.ashlar.cli.Main}, which parses and reports errors; each command is a class named after it. A training goes
 * from {@code TrainCommand} (what was asked for) through {@code TrainingData} (rows), {@code TableModel} (network), {@code Trainer}
 * (loop) and {@code Evaluation} (metrics) to {@code TrainingReport} (what is printed and written).
 */
@NullMarked
package dev.ashlar.cli;

import org.jspecify.annotations.NullMarked;
