// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules, read from {@code SPEC.md}, so that the page that people read is the one that the suite obeys. */
public final class Specification {
    private static final String RESOURCE = "/dev/ashlar/conformance/SPEC.md";
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]+-\\d\\d) \\| (\\w+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

    private final Map<String, Rule> rules = new LinkedHashMap<>();

    private Specification(String page) {
        for (String line : page.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Rule.Kind kind = Rule.Kind.valueOf(row.group(2).toUpperCase(Locale.ROOT));
                Rule rule = new Rule(row.group(1), kind, row.group(3).strip(), row.group(4).strip(), row.group(5).strip());
                if (rules.put(rule.id(), rule) != null) {
                    throw new IllegalStateException("[specification] expected each rule once, got " + rule.id() + " twice; renumber it");
                }
            }
        }
    }

    /** Reads the page that travels with the suite. */
    public static Specification load() {
        try (InputStream page = Specification.class.getResourceAsStream(RESOURCE)) {
            if (page == null) {
                throw new IllegalStateException(
                        "[specification] expected " + RESOURCE + " in the suite's jar, got none; rebuild the suite");
            }
            return new Specification(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Map<String, Rule> rules() {
        return rules;
    }

    /**
     * Returns a rule by its number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Rule rule(String id) {
        Rule rule = rules.get(id);
        if (rule == null) {
            throw new IllegalArgumentException("[specification] expected a rule of SPEC.md, got " + id + "; add it there");
        }
        return rule;
    }
}
