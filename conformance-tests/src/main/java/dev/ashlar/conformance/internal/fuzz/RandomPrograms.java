// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.type.DType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random programs by their numbers, run on the default device. */
public final class RandomPrograms {
    private final Set<DType> storage;

    /** @param storage types that the device holds */
    public RandomPrograms(Set<DType> storage) {
        this.storage = storage;
    }

    /** Runs a program; returns what is wrong and a smaller program in which it is wrong too, or null. */
    public @Nullable String failure(long number) {
        Program program;
        try {
            program = new ProgramMaker(number, storage).make();
        } catch (RuntimeException | StackOverflowError e) {
            return "expected a call to be accepted, got " + Judge.say(e);
        }
        String wrong = Judge.verdict(program);
        if (wrong == null) {
            return null;
        }
        Program smallest = new Shrinker(Judge::verdict).shrink(program);
        String verdict = Judge.verdict(smallest);
        return (verdict == null ? wrong : verdict) + "\n" + (verdict == null ? program : smallest);
    }
}
