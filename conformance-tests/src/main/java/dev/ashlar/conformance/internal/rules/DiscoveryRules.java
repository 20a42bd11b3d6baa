// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.NotApplicable;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.RuleFailure;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.Probe;
import dev.ashlar.spi.SpecVersion;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

/** DISC-01 to DISC-05: how a backend is found. */
final class DiscoveryRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

    private DiscoveryRules() {}

    static void add(RuleBook book) {
        book.action("DISC-01", Profile.CORE, "name", session -> {
            String name = session.provider().name();
            Expect expect = new Expect("DISC-01 name");
            expect.that(name != null && NAME.matcher(name).matches(), "lower case letters and digits", name);
            expect.equal(name, session.provider().name(), "the same name at every call,");
        });
        book.action("DISC-02", Profile.CORE, "version", session -> {
            SpecVersion spec = session.provider().spec();
            new Expect("DISC-02 version").that(SpecVersion.CURRENT.accepts(spec),
                    "a version that " + SpecVersion.CURRENT + " accepts", spec);
        });
        book.action("DISC-03", Profile.CORE, "probe", DiscoveryRules::probe);
        book.action("DISC-04", Profile.CORE, "devices", DiscoveryRules::devices);
        book.action("DISC-05", Profile.CORE, "service", DiscoveryRules::service);
    }

    private static List<DeviceDescription> found(Session session) {
        Probe probe;
        try {
            probe = session.provider().probe();
        } catch (RuntimeException e) {
            throw new RuleFailure("[DISC-03 probe] expected Available or Unavailable, got " + e, e);
        }
        if (probe instanceof Probe.Available available) {
            return available.devices();
        }
        throw new RuleFailure("[DISC-03 probe] expected the device that is open at this moment, got " + probe);
    }

    private static void probe(Session session) {
        Expect expect = new Expect("DISC-03 probe");
        List<DeviceDescription> first = found(session);
        expect.that(!first.isEmpty(), "at least one device", first);
        List<DeviceDescription> second = found(session);
        expect.equal(first.stream().map(DeviceDescription::name).toList(),
                second.stream().map(DeviceDescription::name).toList(), "the same devices at every call,");
        expect.that(first.stream().anyMatch(device -> device.index() == session.device().index()), "device " + session.device().index(),
                first);
    }

    private static void devices(Session session) {
        Expect expect = new Expect("DISC-04 devices");
        Set<Integer> indices = new HashSet<>();
        List<DeviceDescription> devices = found(session);
        for (DeviceDescription device : devices) {
            expect.that(indices.add(device.index()) && device.index() >= 0 && device.index() < devices.size(),
                    "the numbers 0 to " + (devices.size() - 1) + ", once each", device.index());
            expect.that(!device.name().isBlank() && !device.vendor().isBlank() && !device.driver().isBlank(),
                    "a name, a vendor and a driver", device);
            expect.that(device.computeUnits() >= 1, "at least one compute unit", device.computeUnits());
            expect.that(device.memoryBytes() >= 1, "some memory", device.memoryBytes());
        }
    }

    private static void service(Session session) {
        String name = session.provider().name();
        Class<?> type = session.provider().getClass();
        boolean registered = false;
        for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
            registered |= provider.getClass() == type;
        }
        if (!registered && type.getName().startsWith("dev.ashlar.conformance.")) {
            throw new NotApplicable("a provider that the suite made itself");
        }
        new Expect("DISC-05 service").that(registered, "ServiceLoader to find " + type.getName() + " for \"" + name + "\"", "nothing");
    }
}
