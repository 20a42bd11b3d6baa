// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.type.InvalidArgumentException;

/**
 * What remembers something between the steps of a training: optimizers, schedulers, loaders, generators. A checkpoint saves the states of
 * all of them, and a run goes on as if it had not been broken when all of them are loaded.
 */
public interface Stateful {
    /** Returns all that decides about what this does next. Later changes of this do not change what was returned. */
    State state();

    /**
     * Goes on from a state.
     *
     * @throws InvalidArgumentException if it does not belong to something like this; nothing has changed
     */
    void loadState(State state);
}
