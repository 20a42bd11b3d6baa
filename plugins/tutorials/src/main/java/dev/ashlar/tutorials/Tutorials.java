// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import java.util.stream.Collectors;

/** All tutorials by their names. */
public final class Tutorials {
    private Tutorials() {}

    /** Returns all, easy ones first. */
    public static List<Tutorial> all() {
        return List.of(
                new CropYields(), new Penguins(), new Lecture(), new MultiLayerPerceptron(), new Parabola(), new Digits(),
                new Characters());
    }

    /**
     * Returns the one of that name.
     *
     * @throws InvalidArgumentException if there is none; the message lists the names
     */
    public static Tutorial named(String name) {
        return all().stream().filter(tutorial -> tutorial.name().equals(name)).findFirst()
                .orElseThrow(() -> new InvalidArgumentException("[tutorial] expected one of "
                        + all().stream().map(Tutorial::name).collect(Collectors.joining(", ")) + ", got '" + name + "'"));
    }
}
