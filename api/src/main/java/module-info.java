// SPDX-License-Identifier: Apache-2.0
/** Tensors, autograd, modules, optimizers and the contract with backends. */
module dev.ashlar {
    requires static transitive org.jspecify;

    exports dev.ashlar;
    exports dev.ashlar.amp;
    exports dev.ashlar.autograd;
    exports dev.ashlar.data;
    exports dev.ashlar.io;
    exports dev.ashlar.nn;
    exports dev.ashlar.optim;
    exports dev.ashlar.spi;
    exports dev.ashlar.type;

    uses dev.ashlar.spi.BackendProvider;
}
