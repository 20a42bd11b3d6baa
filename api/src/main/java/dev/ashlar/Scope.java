// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Something that is in force until it is closed, on the thread that opened it: {@code try (var _ = Autograd.noGrad()) { ... }}. */
public interface Scope extends AutoCloseable {
    @Override
    void close();
}
