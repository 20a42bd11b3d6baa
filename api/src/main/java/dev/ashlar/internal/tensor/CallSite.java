// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The line of user code that called an operation.
 *
 * @param method the public method that was called, for example {@code softmax}
 * @param place file, line and caller
 */
record CallSite(String method, String place) {
    private static final Set<String> OWN = Set.of(
            "dev.ashlar", "dev.ashlar.autograd", "dev.ashlar.data", "dev.ashlar.io", "dev.ashlar.nn", "dev.ashlar.optim");
    private static final String INTERNAL = "dev.ashlar.internal.";
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    static CallSite here() {
        return WALKER.walk(CallSite::find);
    }

    private static boolean isOwn(StackWalker.StackFrame frame) {
        String name = frame.getDeclaringClass().getPackageName();
        // Frames of the JDK belong to whoever is called through them: lambdas that a library method was given, streams.
        return OWN.contains(name) || name.startsWith(INTERNAL);
    }

    private static boolean isJdk(StackWalker.StackFrame frame) {
        return frame.getDeclaringClass().getPackageName().startsWith("java.");
    }

    private static CallSite find(Stream<StackWalker.StackFrame> stack) {
        List<StackWalker.StackFrame> frames = stack.toList();
        String method = "an operation";
        for (StackWalker.StackFrame frame : frames) {
            if (isOwn(frame)) {
                if (!frame.getMethodName().contains("$")) {
                    method = frame.getMethodName();
                }
            } else if (!isJdk(frame)) {
                return new CallSite(method, frame.getFileName() + ":" + frame.getLineNumber() + " (" + frame.getClassName() + "."
                        + frame.getMethodName() + ")");
            }
        }
        return new CallSite(method, "an unknown place");
    }

    @Override
    public String toString() {
        return place;
    }
}
