// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import java.util.List;

/** Stacks tensors of the same shape. */
final class Stacking {
    /** More than this in one tensor is copied on the device. */
    private static final long MOST = 1 << 20;

    private Stacking() {}

    static Tensor stack(List<Tensor> column) {
        Tensor first = column.getFirst();
        long bytes = first.shape().elements() * first.dtype().bytes();
        boolean recorded = Autograd.isGradEnabled() && column.stream().anyMatch(Tensor::requiresGrad);
        boolean alike = column.stream().allMatch(tensor -> tensor.dtype() == first.dtype() && tensor.device().equals(first.device()));
        boolean onHost = alike && !recorded && bytes <= MOST && first.device().hasUnifiedMemory();
        return onHost ? copied(column, (int) bytes) : Tensor.stack(0, column.toArray(Tensor[]::new));
    }

    /** Copies on the host: a kernel with an operand for each sample would cost more than its work. */
    private static Tensor copied(List<Tensor> column, int bytes) {
        byte[] all = new byte[Math.multiplyExact(bytes, column.size())];
        for (int i = 0; i < column.size(); i++) {
            System.arraycopy(column.get(i).toByteArray(), 0, all, i * bytes, bytes);
        }
        Tensor first = column.getFirst();
        long[] sizes = new long[first.dim() + 1];
        sizes[0] = column.size();
        System.arraycopy(first.shape().toArray(), 0, sizes, 1, first.dim());
        return Tensor.ofBytes(all, first.dtype(), sizes).to(first.device());
    }
}
