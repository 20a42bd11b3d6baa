// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** A driver rejected generated source: a defect of the backend or of the driver. Carries what is needed to report it. */
public class KernelCompilationException extends AshlarException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String log;

    /**
     * @param message one line: which kernel, which device
     * @param source the complete source that was rejected
     * @param log what the compiler said
     */
    public KernelCompilationException(String message, String source, String log) {
        super(message + System.lineSeparator() + log);
        this.source = source;
        this.log = log;
    }

    public String source() {
        return source;
    }

    public String log() {
        return log;
    }
}
