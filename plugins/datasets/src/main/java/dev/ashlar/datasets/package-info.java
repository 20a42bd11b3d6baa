// SPDX-License-Identifier: Apache-2.0
/**
 * Data to learn from.
 *
 * <p>Start with {@link dev.ashlar.datasets.Table} (reading, selecting, splitting) and
 * {@link dev.ashlar.datasets.TablePreprocessor} (scaling, one-hot, class numbers) for files of columns, and with
 * {@link dev.ashlar.datasets.Synthetic} for made-up data. {@link dev.ashlar.datasets.StandardScaler},
 * {@link dev.ashlar.datasets.MinMaxScaler}, {@link dev.ashlar.datasets.TrainTestSplit} and
 * {@link dev.ashlar.datasets.LinearRegression} do what their namesakes of scikit-learn do, in float64 on the host. Everything that a
 * user can get wrong is an {@link dev.ashlar.type.InvalidArgumentException} that says where: a file, a line, a column.
 */
@NullMarked
package dev.ashlar.datasets;

import org.jspecify.annotations.NullMarked;
