// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an SVG of XChart's a third or less as long, and looks the same: the segments of a line, which come one by one, become one line;
 * equal dots share their style; letters, which are outlines, keep a tenth of a unit, and the rest a hundredth.
 */
final class SlimSvg {
    private static final Pattern BEYOND_TENTHS = Pattern.compile("(\\.\\d)\\d+");
    private static final Pattern BEYOND_HUNDREDTHS = Pattern.compile("(\\.\\d\\d)\\d+");
    private static final Pattern SEGMENT = Pattern.compile(
            "\\s*<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\" y2=\"([^\"]*)\"/>");
    private static final Pattern DOT = Pattern.compile("\\s*(<ellipse cx=.*) (style=\"[^\"]*\")/>");

    private SlimSvg() {}

    static String of(String svg) {
        StringBuilder slim = new StringBuilder(svg.length() / 2);
        List<String> lines = svg.lines().map(SlimSvg::shorter).toList();
        for (int at = 0; at < lines.size();) {
            int next = segments(lines, at, slim);
            if (next == at) {
                next = dots(lines, at, slim);
            }
            if (next == at) {
                slim.append(lines.get(at)).append('\n');
                next++;
            }
            at = next;
        }
        return slim.toString();
    }

    private static String shorter(String line) {
        return (line.contains("<path") ? BEYOND_TENTHS : BEYOND_HUNDREDTHS).matcher(line).replaceAll("$1");
    }

    /** Joins segments of one style each of which starts where the one before ends; returns where it stopped. */
    private static int segments(List<String> lines, int from, StringBuilder slim) {
        Matcher first = SEGMENT.matcher(lines.get(from));
        if (!first.matches()) {
            return from;
        }
        String style = first.group(1);
        StringBuilder points = new StringBuilder(first.group(2)).append(',').append(first.group(4));
        String x = first.group(2);
        String y = first.group(4);
        int at = from;
        for (; at < lines.size(); at++) {
            Matcher segment = SEGMENT.matcher(lines.get(at));
            if (!segment.matches() || !segment.group(1).equals(style) || !segment.group(2).equals(x) || !segment.group(4).equals(y)) {
                break;
            }
            x = segment.group(3);
            y = segment.group(5);
            points.append(' ').append(x).append(',').append(y);
        }
        slim.append("<polyline style=\"").append(style).append("\" points=\"").append(points).append("\"/>\n");
        return at;
    }

    /** Puts dots of one style that follow one another into a group; returns where it stopped. */
    private static int dots(List<String> lines, int from, StringBuilder slim) {
        Matcher first = DOT.matcher(lines.get(from));
        if (!first.matches()) {
            return from;
        }
        List<String> group = new ArrayList<>();
        for (int at = from; at < lines.size(); at++) {
            Matcher dot = DOT.matcher(lines.get(at));
            if (!dot.matches() || !dot.group(2).equals(first.group(2))) {
                break;
            }
            group.add(dot.group(1) + "/>");
        }
        slim.append("<g ").append(first.group(2)).append(">\n").append(String.join("\n", group)).append("\n</g>\n");
        return from + group.size();
    }
}
