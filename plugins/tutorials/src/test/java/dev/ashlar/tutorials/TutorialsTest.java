// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ashlar.type.InvalidArgumentException;
import org.junit.jupiter.api.Test;

class TutorialsTest {
    @Test
    void namesAreUniqueAndFindTheirTutorial() {
        assertThat(Tutorials.all()).extracting(Tutorial::name).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]+"));
        assertThat(Tutorials.all()).allSatisfy(each -> {
            assertThat(Tutorials.named(each.name())).hasSameClassAs(each);
            assertThat(each.summary()).hasSizeBetween(20, 120).doesNotContain("\n");
        });
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> Tutorials.named("corps"))
                .withMessageContaining("'corps'").withMessageContaining("crops");
    }
}
