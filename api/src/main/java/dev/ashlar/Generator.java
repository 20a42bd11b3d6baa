// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.random.Choosing;
import dev.ashlar.internal.random.HostRandom;
import dev.ashlar.internal.random.NumpyRandom;
import dev.ashlar.internal.random.PhiloxRandom;
import dev.ashlar.internal.random.PyTorchRandom;
import dev.ashlar.type.InvalidArgumentException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source of random numbers. There are three kinds:
 *
 * <ul>
 *   <li>{@code new Generator(seed)}, the usual one: Philox 4x32-10 turns each counter into random bits, on the device, the same on
 *       every device. A call reserves its counters when it is made.
 *   <li>{@link #numpy} and {@link #pytorch} give the numbers of those libraries, to compare runs number by number. They draw on the host,
 *       at the call, and upload.
 * </ul>
 *
 * <p>Numbers depend on the seed and the order of calls and on nothing else. Tensors are drawn with {@link Tensor#rand}, {@link
 * Tensor#randn}, {@link Tensor#randint}, {@link Tensor#randperm} and the like; the methods here draw for the host. Thread-safe.
 */
public final class Generator implements Stateful {
    private enum Kind { PHILOX, NUMPY, PYTORCH }

    private final Kind kind;
    private final HostRandom source;
    private long seed;

    /** Creates a generator; two with the same seed give the same numbers. */
    public Generator(long seed) {
        this(Kind.PHILOX, new PhiloxRandom(seed), seed);
    }

    private Generator(Kind kind, HostRandom source, long seed) {
        this.kind = kind;
        this.source = source;
        this.seed = seed;
    }

    /**
     * Returns a generator with the numbers of {@code numpy.random.RandomState(seed)}: {@code rand}, {@code uniform}, {@code randn} and
     * {@code normal} (the polar method with its cached second number), {@code randint}, {@code permutation}, {@code shuffle}, {@code
     * choice}. Draw float64, as numpy does.
     *
     * @param seed from 0 to 2^32 - 1
     */
    public static Generator numpy(long seed) {
        return new Generator(Kind.NUMPY, new NumpyRandom(checkNumpySeed(seed)), seed);
    }

    /**
     * Returns a generator with the numbers of PyTorch on the CPU after {@code torch.manual_seed(seed)}: {@code rand}, {@code uniform_},
     * {@code randint}, {@code randperm} and {@code bernoulli} exactly, {@code randn}, {@code normal_} and {@code exponential_} up to
     * the last bits of logarithm and cosine.
     */
    public static Generator pytorch(long seed) {
        return new Generator(Kind.PYTORCH, new PyTorchRandom(seed), seed);
    }

    /**
     * Returns a new generator that goes on from what {@link #getState} of one of any kind returned.
     *
     * @throws InvalidArgumentException if it is no such state
     */
    public static Generator fromState(byte[] state) {
        Kind[] kinds = Kind.values();
        if (state.length == 0 || state[0] < 0 || state[0] >= kinds.length) {
            throw new InvalidArgumentException("[fromState] expected the state of a generator, got " + state.length
                    + " bytes; use what getState() returned");
        }
        Generator generator = switch (kinds[state[0]]) {
            case PHILOX -> new Generator(0);
            case NUMPY -> numpy(0);
            case PYTORCH -> pytorch(0);
        };
        generator.setState(state);
        return generator;
    }

    private static long checkNumpySeed(long seed) {
        if (seed < 0 || seed > 0xFFFFFFFFL) {
            throw new InvalidArgumentException("[numpy] expected a seed from 0 to 2^32 - 1, got " + seed + "; choose one that numpy takes");
        }
        return seed;
    }

    // ---- state ------------------------------------------------------------------------------------------------------------------

    /** Returns the seed that it started with. */
    public synchronized long seed() {
        return seed;
    }

    /** Returns whether numbers are drawn on the host, at the call. */
    public boolean drawsOnHost() {
        return kind != Kind.PHILOX;
    }

    /** Returns how many numbers have been drawn; 0 for generators that draw on the host, see {@link #getState}. */
    public synchronized long counter() {
        return source instanceof PhiloxRandom philox ? philox.counter() : 0;
    }

    /** Starts again with another seed. */
    public synchronized void manualSeed(long newSeed) {
        source.seed(kind == Kind.NUMPY ? checkNumpySeed(newSeed) : newSeed);
        seed = newSeed;
    }

    /**
     * Continues from a stored seed and counter.
     *
     * @throws InvalidArgumentException if this draws on the host: it has more state than that
     */
    public synchronized void restore(long storedSeed, long storedCounter) {
        philox("restore").restore(storedSeed, storedCounter);
        seed = storedSeed;
    }

    private PhiloxRandom philox(String operation) {
        if (source instanceof PhiloxRandom philox) {
            return philox;
        }
        throw new InvalidArgumentException("[" + operation + "] expected a generator with a counter, got one that draws on the host; use"
                + " getState and setState");
    }

    /** Returns all that decides about the next numbers. */
    public synchronized byte[] getState() {
        ByteBuffer state = ByteBuffer.allocate(1 + Long.BYTES + source.stateBytes());
        state.put((byte) kind.ordinal()).putLong(seed);
        source.save(state);
        return state.array();
    }

    /**
     * Continues from what {@link #getState} of a generator of the same kind returned.
     *
     * @throws InvalidArgumentException if it came from another kind
     */
    public synchronized void setState(byte[] state) {
        if (state.length != 1 + Long.BYTES + source.stateBytes() || state[0] != kind.ordinal()) {
            throw new InvalidArgumentException("[setState] expected the state of a generator of the kind " + this + ", got another one of "
                    + state.length + " bytes; use what getState() of such a generator returned");
        }
        ByteBuffer buffer = ByteBuffer.wrap(state, 1, state.length - 1);
        seed = buffer.getLong();
        source.load(buffer);
    }

    /** Returns {@link #getState} for a checkpoint. */
    @Override
    public State state() {
        return State.of("Generator").with("state", HexFormat.of().formatHex(getState()));
    }

    @Override
    public void loadState(State state) {
        String digits = state.expect("Generator").text("state");
        try {
            setState(HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException e) {
            throw new InvalidArgumentException("[loadState] expected the state of a generator in hexadecimal digits, got '" + digits + "'");
        }
    }

    /**
     * Reserves counters.
     *
     * @param count how many, &gt;= 0
     * @return the first of them
     * @throws InvalidArgumentException if this draws on the host
     */
    public synchronized long reserve(long count) {
        return philox("reserve").reserve(count);
    }

    // ---- numbers for the host ---------------------------------------------------------------------------------------------------

    /** Returns the next number in [0, 1), of 53 bits. */
    public synchronized double nextDouble() {
        return source.nextDouble();
    }

    /** Returns the next number from the standard normal distribution. */
    public synchronized double nextGaussian() {
        return source.nextGaussian();
    }

    /** Fills with numbers evenly from [low, high); returns the array. */
    public synchronized float[] fillUniform(float[] target, double low, double high) {
        source.uniform(target, low, high);
        return target;
    }

    /** Fills with numbers evenly from [low, high); returns the array. */
    public synchronized double[] fillUniform(double[] target, double low, double high) {
        source.uniform(target, low, high);
        return target;
    }

    /** Fills with numbers from the normal distribution; returns the array. */
    public synchronized float[] fillNormal(float[] target, double mean, double std) {
        source.normal(target, mean, std);
        return target;
    }

    /** Fills with numbers from the normal distribution; returns the array. */
    public synchronized double[] fillNormal(double[] target, double mean, double std) {
        source.normal(target, mean, std);
        return target;
    }

    /** Fills with whole numbers evenly from [low, high); returns the array. */
    public synchronized long[] fillIntegers(long[] target, long low, long high) {
        if (high <= low) {
            throw new InvalidArgumentException("[randint] expected low < high, got [" + low + ", " + high + "); the upper end is left out");
        }
        source.integers(target, low, high);
        return target;
    }

    /** Returns 0, ..., count - 1 in random order. */
    public synchronized long[] permutation(int count) {
        if (count < 0) {
            throw new InvalidArgumentException("[permutation] expected a count >= 0, got " + count + "; pass how many numbers to order");
        }
        return source.permutation(count);
    }

    /** Draws what a data loader draws when an epoch starts: with PyTorch's numbers a seed for its workers, else nothing. */
    public synchronized void startEpoch() {
        if (source instanceof PyTorchRandom pytorch) {
            pytorch.skipWorkerSeed();
        }
    }

    /**
     * Draws the samples of an epoch as PyTorch's RandomSampler does; epochs count as gone through to the end.
     *
     * @param n how many samples there are
     * @param count how many are drawn; without replacement, all are drawn once before one is drawn again
     * @param own whether this generator was given to the sampler. One of PyTorch that is the default only seeds another one
     */
    public synchronized long[] epoch(int n, int count, boolean replacement, boolean own) {
        if (source instanceof PyTorchRandom pytorch && !own) {
            return pytorch(pytorch.nextSeed()).epoch(n, count, replacement, true);
        }
        if (replacement) {
            return fillIntegers(new long[count], 0, n);
        }
        long[] order = new long[count];
        int at = 0;
        // PyTorch draws an order for the rest, too, when nothing is left.
        while (at < count || at == count && count % n == 0 && kind == Kind.PYTORCH) {
            int taken = Math.min(n, count - at);
            System.arraycopy(permutation(n), 0, order, at, taken);
            at += Math.max(1, taken);
        }
        return order;
    }

    /** Puts the elements of an array in random order, in place; returns it. */
    public long[] shuffle(long[] array) {
        long[] order = permutation(array.length);
        long[] copy = array.clone();
        for (int i = 0; i < array.length; i++) {
            array[i] = copy[(int) order[i]];
        }
        return array;
    }

    /** Puts the elements of an array in random order, in place; returns it. */
    public double[] shuffle(double[] array) {
        long[] order = permutation(array.length);
        double[] copy = array.clone();
        for (int i = 0; i < array.length; i++) {
            array[i] = copy[(int) order[i]];
        }
        return array;
    }

    /** Puts the elements of a list in random order, in place. */
    public void shuffle(List<?> list) {
        long[] order = permutation(list.size());
        int[] at = new int[order.length];
        int[] where = new int[order.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = i;
            where[i] = i;
        }
        // Swaps only, so that the type of the elements does not matter.
        for (int i = 0; i < at.length; i++) {
            int wanted = where[(int) order[i]];
            Collections.swap(list, i, wanted);
            int moved = at[i];
            at[i] = at[wanted];
            at[wanted] = moved;
            where[at[i]] = i;
            where[moved] = wanted;
        }
    }

    /**
     * Returns numbers drawn from 0, ..., n - 1, as numpy's {@code choice} does.
     *
     * @param count how many
     * @param replace whether a number may be drawn more than once
     */
    public long[] choice(int n, int count, boolean replace) {
        return choice(n, count, replace, null);
    }

    /**
     * Returns numbers drawn from 0, ..., n - 1, as numpy's {@code choice} does.
     *
     * @param count how many
     * @param replace whether a number may be drawn more than once
     * @param p probabilities, one per number, that sum to 1; null for equal ones
     */
    public synchronized long[] choice(int n, int count, boolean replace, double @Nullable [] p) {
        return Choosing.choose(source, n, count, replace, p);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case PHILOX -> "Generator(seed=" + seed() + ", counter=" + counter() + ")";
            case NUMPY -> "Generator.numpy(" + seed() + ")";
            case PYTORCH -> "Generator.pytorch(" + seed() + ")";
        };
    }
}
