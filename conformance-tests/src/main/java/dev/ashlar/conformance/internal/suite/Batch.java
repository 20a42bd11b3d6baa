// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computations of many tests that are recorded together and computed in one go, so that their kernels are compiled together: some
 * drivers take as long for one as for fifty. Belongs to one run, and to one thread.
 */
public final class Batch {
    private final Map<String, Recipe> recipes = new LinkedHashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private boolean computed;

    /** What one test computes. */
    @FunctionalInterface
    public interface Recipe {
        List<Tensor> record(Session session) throws Exception;
    }

    /** What came of it. */
    private record Outcome(List<Result> results, @Nullable Throwable failure) {}

    /** Adds what the test of that key computes. */
    public void add(String key, Recipe recipe) {
        recipes.put(key, recipe);
    }

    /**
     * Returns what a test computed; the first call computes those of all tests that are part of the run.
     *
     * @throws Exception that recording or reading threw
     */
    public List<Result> results(Session session, String key) throws Exception {
        if (!computed) {
            computed = true;
            session.tensors().run(device -> compute(session, device));
        }
        Outcome outcome = outcomes.get(key);
        if (outcome == null) {
            throw new IllegalStateException("[batch] expected a test of this run, got " + key);
        }
        // A breach of contract that the checks around the backend find is an Error.
        if (outcome.failure instanceof Error error) {
            throw error;
        }
        if (outcome.failure instanceof Exception exception) {
            throw exception;
        }
        return outcome.results;
    }

    private void compute(Session session, TensorDevice device) {
        Map<String, List<Tensor>> recorded = new LinkedHashMap<>();
        recipes.forEach((key, recipe) -> {
            if (session.selects(key)) {
                try {
                    recorded.put(key, recipe.record(session));
                } catch (Exception | Error e) {
                    outcomes.put(key, new Outcome(List.of(), e));
                }
            }
        });
        boolean together = synchronize(device);
        recorded.forEach((key, tensors) -> outcomes.put(key, read(together ? () -> tensors : () -> recipes.get(key).record(session))));
    }

    /** Computes all; if that fails, each test shall find out for itself. */
    private static boolean synchronize(TensorDevice device) {
        try {
            device.device().synchronize();
            return true;
        } catch (RuntimeException | Error _) {
            return false;
        }
    }

    /** Where tensors come from. */
    private interface Source {
        List<Tensor> get() throws Exception;
    }

    private static Outcome read(Source source) {
        try {
            List<Result> results = new ArrayList<>();
            for (Tensor tensor : source.get()) {
                results.add(Result.of(tensor));
            }
            return new Outcome(results, null);
        } catch (Exception | Error e) {
            return new Outcome(List.of(), e);
        }
    }
}
