// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One part of the recordings: operations, modules, ... */
public interface Part {
    /** Returns its name in patterns: {@code nn}. */
    String name();

    /** Returns the name of the archive beside {@link VectorFiles} that comes with the suite: {@code modules.zip}. */
    String archive();

    /** Returns whether a case of a file belongs to this part: its files may be in any folder. */
    boolean reads(JsonNode test);

    /** Returns a case of this part. */
    Recorded recorded(Recording recording, JsonNode test);

    /** Returns the cases of a file that belong to this part. */
    default List<Recorded> cases(Recording recording) {
        return recording.cases().stream().filter(this::reads).map(test -> recorded(recording, test)).toList();
    }

    /** Returns all cases that come with the suite, by what answers them. */
    default Map<String, List<Recorded>> embedded() {
        return VectorFiles.archive(archive()).stream().flatMap(recording -> cases(recording).stream())
                .collect(Collectors.groupingBy(Recorded::subject, TreeMap::new, Collectors.toList()));
    }
}
