// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** An index, a label for example, lies outside of the dimension that it selects from. */
public class IndexOutOfRangeException extends InvalidArgumentException {
    private static final long serialVersionUID = 1L;

    public IndexOutOfRangeException(String message) {
        super(message);
    }
}
