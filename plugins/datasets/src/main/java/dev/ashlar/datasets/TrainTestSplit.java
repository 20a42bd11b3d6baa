// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Divides rows into ones for training and ones for testing; with a {@code randomState}, the same rows as scikit-learn.
 *
 * <pre>{@code
 * var rows = new TrainTestSplit().testSize(0.2).randomState(42).of(x.rows());
 * DoubleMatrix training = x.rows(rows.train());
 * }</pre>
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.train_test_split.html">train_test_split</a>
 */
public final class TrainTestSplit {
    private static final double DEFAULT_TEST = 0.25;

    /** Numbers up to 1 exclusive are parts, those from 1 on numbers of rows. */
    private @Nullable Number test;
    private @Nullable Number train;
    private boolean shuffle = true;
    private long @Nullable [] classes;
    private @Nullable Generator generator;
    private long seed = -1;

    /** Creates a split of three quarters to one, in an order that differs from run to run. */
    public TrainTestSplit() {}

    /**
     * The numbers of the rows of both parts.
     *
     * @param train for training
     * @param test for testing
     */
    public record Rows(int[] train, int[] test) {
        /** Returns the rows of a tensor for training. */
        public Tensor train(Tensor tensor) {
            return select(tensor, train);
        }

        /** Returns the rows of a tensor for testing. */
        public Tensor test(Tensor tensor) {
            return select(tensor, test);
        }

        private static Tensor select(Tensor tensor, int[] rows) {
            return tensor.indexSelect(0, Tensor.of(Arrays.stream(rows).asLongStream().toArray()).to(tensor.device()));
        }
    }

    /** Sets the part of the rows, above 0 and below 1, for testing, rounded up. It is a quarter if nothing is set. Returns this. */
    public TrainTestSplit testSize(double part) {
        test = part("testSize", part);
        return this;
    }

    /** Sets the number of rows for testing. Returns this. */
    public TrainTestSplit testSize(int rows) {
        test = Synthetic.atLeast("trainTestSplit testSize", 1, rows);
        return this;
    }

    /** Sets the part of the rows, above 0 and below 1, for training, rounded down; what is not for testing if not set. Returns this. */
    public TrainTestSplit trainSize(double part) {
        train = part("trainSize", part);
        return this;
    }

    /** Sets the number of rows for training. Returns this. */
    public TrainTestSplit trainSize(int rows) {
        train = Synthetic.atLeast("trainTestSplit trainSize", 1, rows);
        return this;
    }

    private static double part(String what, double part) {
        if (!(part > 0 && part < 1)) {
            throw new InvalidArgumentException("[trainTestSplit " + what + "] expected a part above 0 and below 1, got " + part
                    + "; pass an int for a number of rows");
        }
        return part;
    }

    /** Sets whether rows are taken at random; true from the start. Otherwise the first ones are for training. Returns this. */
    public TrainTestSplit shuffle(boolean random) {
        shuffle = random;
        return this;
    }

    /** Sets the classes of the rows: both parts get the same share of each, as far as possible. Returns this. */
    public TrainTestSplit stratify(long... classOfRow) {
        classes = classOfRow.clone();
        return this;
    }

    /** Sets the classes of the rows by their names. Returns this. */
    public TrainTestSplit stratify(String... classOfRow) {
        String[] sorted = Arrays.stream(classOfRow).distinct().sorted().toArray(String[]::new);
        return stratify(Arrays.stream(classOfRow).mapToLong(name -> Arrays.binarySearch(sorted, name)).toArray());
    }

    /** Sets the seed of numpy, 0 to 2^32 - 1; the default generator draws without it. Returns this. */
    public TrainTestSplit randomState(long numpySeed) {
        generator = Generator.numpy(numpySeed);
        seed = numpySeed;
        return this;
    }

    /** Sets a generator to go on drawing from. Returns this. */
    public TrainTestSplit randomState(Generator source) {
        generator = source;
        seed = -1;
        return this;
    }

    /**
     * Divides rows.
     *
     * @throws InvalidArgumentException if a part would be empty, both are too many, or a class has too few rows
     */
    public Rows of(int rows) {
        int wantedTest = test instanceof Integer count
                ? count
                : (int) Math.ceil((test == null ? DEFAULT_TEST : test.doubleValue()) * rows);
        int wantedTrain = train instanceof Integer count
                ? count
                : train == null ? rows - wantedTest : (int) Math.floor(train.doubleValue() * rows);
        if (test == null && train != null) {
            wantedTest = rows - wantedTrain;
        }
        if (wantedTest < 0 || wantedTest >= rows || wantedTrain < 1 || wantedTrain > rows - wantedTest) {
            throw new InvalidArgumentException("[trainTestSplit] expected parts of " + rows + " rows, got " + wantedTrain
                    + " for training and " + wantedTest + " for testing; choose other sizes");
        }
        if (!shuffle) {
            if (classes != null) {
                throw new InvalidArgumentException("[trainTestSplit] expected shuffled rows with stratify, got shuffle(false)");
            }
            return new Rows(
                    IntStream.range(0, wantedTrain).toArray(),
                    IntStream.range(wantedTrain, wantedTrain + wantedTest).toArray());
        }
        Generator random = generator == null ? Ashlar.generator() : seed >= 0 ? Generator.numpy(seed) : generator;
        if (classes != null) {
            return stratified(random, classes, rows, wantedTrain, wantedTest);
        }
        int[] order = Synthetic.toInts(random.permutation(rows));
        return new Rows(
                Arrays.copyOfRange(order, wantedTest, wantedTest + wantedTrain), Arrays.copyOf(order, wantedTest));
    }

    private static Rows stratified(Generator random, long[] classes, int rows, int wantedTrain, int wantedTest) {
        if (classes.length != rows) {
            throw new ShapeMismatchException("[trainTestSplit] expected a class for each of " + rows + " rows, got " + classes.length);
        }
        TreeMap<Long, List<Integer>> members = new TreeMap<>();
        for (int row = 0; row < rows; row++) {
            members.computeIfAbsent(classes[row], _ -> new ArrayList<>()).add(row);
        }
        members.forEach((label, of) -> {
            if (of.size() < 2) {
                throw new InvalidArgumentException("[trainTestSplit] expected at least two rows of each class, got one of class " + label
                        + "; leave it out");
            }
        });
        if (wantedTrain < members.size() || wantedTest < members.size()) {
            throw new InvalidArgumentException("[trainTestSplit] expected at least as many rows as the " + members.size()
                    + " classes in both parts, got " + wantedTrain + " and " + wantedTest);
        }
        long[] counts = members.values().stream().mapToLong(List::size).toArray();
        long[] trainCounts = shares(random, counts, wantedTrain);
        long[] left = new long[counts.length];
        Arrays.setAll(left, i -> counts[i] - trainCounts[i]);
        long[] testCounts = shares(random, left, wantedTest);
        LongStream.Builder train = LongStream.builder();
        LongStream.Builder test = LongStream.builder();
        int number = 0;
        for (List<Integer> rowsOfClass : members.values()) {
            long[] order = random.permutation(rowsOfClass.size());
            for (int i = 0; i < trainCounts[number] + testCounts[number]; i++) {
                (i < trainCounts[number] ? train : test).add(rowsOfClass.get((int) order[i]));
            }
            number++;
        }
        return new Rows(
                Synthetic.toInts(random.shuffle(train.build().toArray())), Synthetic.toInts(random.shuffle(test.build().toArray())));
    }

    /** Divides draws among classes in proportion; what rounding leaves goes to the largest remainders, equal ones at random. */
    private static long[] shares(Generator random, long[] counts, int draws) {
        double total = LongStream.of(counts).sum();
        double[] remainders = new double[counts.length];
        long[] shares = new long[counts.length];
        int missing = draws;
        for (int i = 0; i < counts.length; i++) {
            double exact = counts[i] / total * draws;
            shares[i] = (long) Math.floor(exact);
            remainders[i] = exact - shares[i];
            missing -= (int) shares[i];
        }
        double[] descending = Arrays.stream(remainders).distinct().map(value -> -value).sorted().map(value -> -value).toArray();
        for (double remainder : descending) {
            if (missing <= 0) {
                break;
            }
            int[] equal = IntStream.range(0, counts.length).filter(i -> remainders[i] == remainder).toArray();
            int now = Math.min(equal.length, missing);
            for (long chosen : random.choice(equal.length, now, false)) {
                shares[equal[(int) chosen]]++;
            }
            missing -= now;
        }
        return shares;
    }
}
