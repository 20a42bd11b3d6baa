// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** A deferred value was read after the parameters that it depends on had been replaced twice; call realize() before step(). */
public class ValueNotKeptException extends AshlarException {
    private static final long serialVersionUID = 1L;

    public ValueNotKeptException(String message) {
        super(message);
    }
}
