// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

import org.jspecify.annotations.Nullable;

/** A call into a driver failed for a reason that has no exception of its own. */
public class BackendFailureException extends AshlarException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String symbol;

    /**
     * @param code the driver's error number
     * @param symbol its symbolic name, for example {@code CL_INVALID_KERNEL_ARGS}
     */
    public BackendFailureException(String message, int code, String symbol, @Nullable Throwable cause) {
        super(message + ": " + symbol + " (" + code + ")", cause);
        this.code = code;
        this.symbol = symbol;
    }

    public int code() {
        return code;
    }

    public String symbol() {
        return symbol;
    }
}
