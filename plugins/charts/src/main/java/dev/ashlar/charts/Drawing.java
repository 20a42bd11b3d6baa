// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import java.nio.file.Path;
import org.knowm.xchart.internal.chartpart.IChart;

/** What can be written as a picture: a {@link Plot}, or several side by side in {@link Panels}. */
public abstract sealed class Drawing permits Plot, Panels {
    Drawing() {}

    /** Returns what XChart draws. */
    abstract IChart chart();

    /**
     * Writes {@code NAME.png} (two pixels for each unit of the size) and {@code NAME.svg}; older files of these names are replaced.
     *
     * @throws dev.ashlar.type.AshlarException if a file cannot be written or the machine has no fonts
     */
    public final void write(Path folder, String name) {
        IChart chart = chart();
        PictureFile.png(folder.resolve(name + ".png"), chart);
        PictureFile.svg(folder.resolve(name + ".svg"), chart);
    }
}
