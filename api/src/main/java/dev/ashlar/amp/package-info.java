// SPDX-License-Identifier: Apache-2.0
/**
 * Mixed precision: products in 16 bits, the rest in 32, and weights that stay in float32.
 *
 * <pre>{@code
 * var scaler = new GradScaler();
 * for (Batch batch : batches) {
 *     optimizer.zeroGrad();
 *     Tensor loss;
 *     try (var _ = Autocast.to(DType.FLOAT16)) {
 *         loss = lossFunction.forward(model.forward(batch.x()), batch.y());
 *     }
 *     scaler.scale(loss).backward();
 *     scaler.step(optimizer);
 *     scaler.update();
 * }
 * }</pre>
 *
 * <p>With bfloat16, which has the range of float32, no scaler is needed. Values of 16 bits are stored as such and computed with in 32, so
 * this saves memory and shows what a training in 16 bits does; products are not faster by themselves.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/amp.html">torch.amp</a>
 */
@NullMarked
package dev.ashlar.amp;

import org.jspecify.annotations.NullMarked;
