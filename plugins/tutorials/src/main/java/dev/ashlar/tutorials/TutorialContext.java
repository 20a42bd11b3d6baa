// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Device;
import dev.ashlar.charts.Drawing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Where a tutorial computes, prints and draws, and what it found. Used by one thread. */
public final class TutorialContext {
    private final Device device;
    private final Path folder;
    private final PrintWriter out;
    private final boolean quick;
    private final SequencedMap<String, Double> figures = new LinkedHashMap<>();
    private final List<String> pictures = new ArrayList<>();

    /**
     * @param device where it computes
     * @param folder where its files go; it exists
     * @param out where it prints
     * @param quick whether long trainings are cut short, so that everything is shown but not everything is learnt
     */
    public TutorialContext(Device device, Path folder, PrintWriter out, boolean quick) {
        this.device = device;
        this.folder = folder;
        this.out = out;
        this.quick = quick;
    }

    /** Returns where to compute. */
    public Device device() {
        return device;
    }

    /** Returns the folder for files; it exists. */
    public Path folder() {
        return folder;
    }

    /** Returns whether long trainings shall be cut short. */
    public boolean quick() {
        return quick;
    }

    /** Starts a section of the page that is followed. */
    public void section(String title) {
        out.println();
        out.println("== " + title + " ==");
        out.println();
        out.flush();
    }

    /** Prints a value and ends the line. */
    public void print(Object value) {
        out.println(value);
        out.flush();
    }

    /** Prints by a format of {@link String#format}, with points as decimal separators, and ends the line. */
    public void printf(String format, Object... values) {
        print(String.format(Locale.ROOT, format, values));
    }

    /**
     * Notes one of the figures that the tutorial comes to, and prints it.
     *
     * @param page what the page that is followed shows there, as it writes it
     */
    public void figure(String name, double value, String page) {
        figures.put(name, value);
        print(String.format(Locale.ROOT, "%-44s %14.6g   %s", name, value, page).stripTrailing());
    }

    /** Starts the table of figures. */
    public void figures() {
        section("Figures");
        printf("%-44s %14s   %s", "", "here", "on the page");
    }

    /** Returns the figures noted so far, in their order. */
    public SequencedMap<String, Double> notedFigures() {
        return Collections.unmodifiableSequencedMap(figures);
    }

    /** Writes a drawing as {@code NAME.png} and {@code NAME.svg}. */
    public void draw(String name, Drawing drawing) {
        drawing.write(folder, name);
        pictures.add(name);
        print("[picture " + name + ".png]");
    }

    /** Returns the names of the pictures drawn so far, without their endings. */
    public List<String> pictures() {
        return Collections.unmodifiableList(pictures);
    }
}
