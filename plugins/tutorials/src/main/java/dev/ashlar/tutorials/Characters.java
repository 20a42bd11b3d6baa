// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.charts.Plot;
import dev.ashlar.io.Checkpoint;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Embedding;
import dev.ashlar.nn.GELU;
import dev.ashlar.nn.Init;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.LayerNorm;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.CosineAnnealingLR;
import dev.ashlar.optim.LinearLR;
import dev.ashlar.optim.SequentialLR;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small transformer learns to write plays, character by character: it sees up to 64 characters and says which comes next.
 *
 * <p>The text is Shakespeare's plays, which are in the public domain, in the selection of Karpathy's char-rnn.
 *
 * @see <a href="https://karpathy.github.io/2015/05/21/rnn-effectiveness/">Karpathy: The Unreasonable Effectiveness of Recurrent Neural
 *     Networks</a>
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al.: Attention Is All You Need</a>
 */
final class Characters implements Tutorial {
    /** How many characters it sees at most. */
    private static final int CONTEXT = 64;
    private static final int WIDTH = 128;
    private static final int HEADS = 4;
    private static final int BLOCKS = 4;
    private static final int BATCH = 16;
    private static final int STEPS = 2000;
    /** How often it reports. */
    private static final int REPORTS = 20;
    private static final int WARM_UP = 100;
    private static final double RATE = 2e-3;
    private static final double TEMPERATURE = 0.8;

    @Override
    public String name() {
        return "characters";
    }

    @Override
    public String summary() {
        return "A transformer writes plays character by character: causal attention, LayerNorm, GELU, AdamW with a schedule";
    }

    /** Lets every place look at those before it, and then think about what it saw. */
    private static final class Block extends ConcreteModule<Block> implements Layer {
        private final LayerNorm before = register("before", new LayerNorm(WIDTH));
        private final Linear questions = register("questions", new Linear(WIDTH, 3 * WIDTH));
        private final Linear answers = register("answers", new Linear(WIDTH, WIDTH));
        private final LayerNorm between = register("between", new LayerNorm(WIDTH));
        private final Sequential thought =
                register("thought", new Sequential(new Linear(WIDTH, 4 * WIDTH), new GELU(), new Linear(4 * WIDTH, WIDTH)));

        @Override
        public Tensor forward(Tensor x) {
            Tensor seen = x.add(attention(before.forward(x)));
            return seen.add(thought.forward(between.forward(seen)));
        }

        /** [samples, places, WIDTH] to the same; each head looks at a part of the width of its own. */
        private Tensor attention(Tensor x) {
            long samples = x.size(0);
            long places = x.size(1);
            Tensor heads = questions.forward(x).reshape(samples, places, 3, HEADS, WIDTH / HEADS).permute(2, 0, 3, 1, 4);
            Tensor query = heads.select(0, 0);
            Tensor key = heads.select(0, 1);
            Tensor value = heads.select(0, 2);
            // Causal: no place sees a later one, or it would read the answer.
            Tensor mixed = query.scaledDotProductAttention(key, value, null, 0, true, null, false, null);
            return answers.forward(mixed.transpose(1, 2).reshape(samples, places, WIDTH));
        }
    }

    /** From the numbers of characters [samples, places] to scores of what comes after each, [samples, places, characters]. */
    private static final class Writer extends ConcreteModule<Writer> implements Layer {
        private final Embedding characters;
        private final Embedding places = register("places", new Embedding(CONTEXT, WIDTH));
        private final Sequential blocks;
        private final LayerNorm last = register("last", new LayerNorm(WIDTH));
        private final Linear scores;

        Writer(int alphabet) {
            characters = register("characters", new Embedding(alphabet, WIDTH));
            List<Layer> all = new ArrayList<>();
            for (int i = 0; i < BLOCKS; i++) {
                all.add(new Block());
            }
            blocks = register("blocks", new Sequential(all.toArray(Layer[]::new)));
            scores = register("scores", new Linear(WIDTH, alphabet));
            // Small numbers, so that at the start no block drowns what the others say.
            Init.normal(characters.weight(), 0, 0.02);
            Init.normal(places.weight(), 0, 0.02);
        }

        @Override
        public Tensor forward(Tensor text) {
            Tensor x = characters.forward(text).add(places.weight().narrow(0, 0, text.size(1)));
            return scores.forward(last.forward(blocks.forward(x)));
        }
    }

    /** The text as numbers, and which characters they stand for. */
    private record Text(long[] numbers, String alphabet) {
        static Text read() throws IOException {
            String text = Resources.text("shakespeare.txt.gz");
            int[] characters = text.chars().distinct().sorted().toArray();
            long[] numbers = text.chars().mapToLong(character -> Arrays.binarySearch(characters, character)).toArray();
            return new Text(numbers, new String(characters, 0, characters.length));
        }

        /** The last tenth is for validation. */
        int split() {
            return numbers.length * 9 / 10;
        }

        long[] encode(String written) {
            return written.chars().mapToLong(alphabet::indexOf).toArray();
        }
    }

    /** Windows of the text [windows, CONTEXT], and the same ones a character later. */
    private record Windows(Tensor inputs, Tensor targets) {
        static Windows at(long[] text, int[] starts, Device device) {
            long[] inputs = new long[starts.length * CONTEXT];
            long[] targets = new long[starts.length * CONTEXT];
            for (int i = 0; i < starts.length; i++) {
                System.arraycopy(text, starts[i], inputs, i * CONTEXT, CONTEXT);
                System.arraycopy(text, starts[i] + 1, targets, i * CONTEXT, CONTEXT);
            }
            return new Windows(
                    Tensor.of(inputs, starts.length, CONTEXT).to(device), Tensor.of(targets, starts.length, CONTEXT).to(device));
        }
    }

    private static Tensor loss(Writer model, Windows windows) {
        Loss lossFunction = new CrossEntropyLoss();
        return lossFunction.forward(model.forward(windows.inputs()).flatten(0, 1), windows.targets().flatten());
    }

    /** Returns the mean loss over the last tenth of the text, of which every {@code each}-th batch of windows is looked at. */
    private static double validate(Writer model, Text text, Device device, int each) {
        model.eval();
        double sum = 0;
        int batches = 0;
        try (var _ = Autograd.noGrad()) {
            int span = BATCH * CONTEXT;
            for (int from = text.split(); from + span < text.numbers().length; from += each * span) {
                int first = from;
                int[] starts = new int[BATCH];
                Arrays.setAll(starts, i -> first + i * CONTEXT);
                sum += loss(model, Windows.at(text.numbers(), starts, device)).item();
                batches++;
            }
        }
        model.train();
        return sum / batches;
    }

    @Override
    public void run(TutorialContext context) throws IOException {
        Device device = context.device();
        Ashlar.seed(1);

        context.section("Text");
        Text text = Text.read();
        context.printf("%d characters, %d different ones; the last tenth is for validation", text.numbers().length,
                text.alphabet().length());

        context.section("Network");
        Writer model = new Writer(text.alphabet().length()).to(device);
        context.print(model);
        context.print(model.parameters().stream().mapToLong(parameter -> parameter.tensor().numel()).sum() + " parameters");

        context.section("Training");
        int steps = context.quick() ? 20 : STEPS;
        int report = steps / (context.quick() ? 2 : REPORTS);
        AdamW optimizer = new AdamW(model.parameters(), RATE);
        SequentialLR scheduler = new SequentialLR(
                optimizer,
                List.of(new LinearLR(optimizer, 0.01, 1, WARM_UP),
                        new CosineAnnealingLR(optimizer, Math.max(1, steps - WARM_UP), RATE / 20)),
                WARM_UP);
        Random places = new Random(1);
        List<Double> at = new ArrayList<>();
        List<Double> training = new ArrayList<>();
        List<Double> validation = new ArrayList<>();
        long start = System.nanoTime();
        Tensor sum = Tensor.zeros().to(device);
        for (int step = 1; step <= steps; step++) {
            int[] starts = places.ints(BATCH, 0, text.split() - CONTEXT).toArray();
            optimizer.zeroGrad();
            Tensor loss = loss(model, Windows.at(text.numbers(), starts, device));
            loss.backward();
            optimizer.step();
            scheduler.step();
            sum = sum.add(loss.detach());
            if (step % report == 0) {
                at.add((double) step);
                training.add(sum.item() / report);
                validation.add(validate(model, text, device, 10));
                sum = Tensor.zeros().to(device);
                context.printf("step %4d of %d   loss %.3f   validation %.3f   rate %.5f   %5.1f s", step, steps, training.getLast(),
                        validation.getLast(), scheduler.getLastLr().getFirst(), (System.nanoTime() - start) / 1e9);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double nats = validate(model, text, device, context.quick() ? 20 : 1);
        Checkpoint.save(context.folder().resolve("characters.safetensors"), model, optimizer, Map.of("alphabet", text.alphabet()));
        double[] x = at.stream().mapToDouble(each -> each).toArray();
        context.draw("characters-loss", new Plot("A transformer learns to write", "step", "nats per character").legendRight()
                .line("training", x, training.stream().mapToDouble(each -> each).toArray())
                .line("validation", x, validation.stream().mapToDouble(each -> each).toArray()));

        context.section("What it writes");
        Generator generator = new Generator(1);
        for (String prompt : List.of("ROMEO:", "First Citizen:", "O, ")) {
            context.print(prompt + write(model, text, prompt, context.quick() ? 40 : 300, generator, device));
            context.print("---");
        }

        context.figures();
        context.figure("validation loss, nats per character", nats, "below 2");
        context.figure("seconds of training", seconds, "below 600 on two cores");
    }

    /** Returns what the network writes after a prompt: each character is drawn by its probability, likely ones a little more often. */
    private static String write(Writer model, Text text, String prompt, int length, Generator generator, Device device) {
        model.eval();
        StringBuilder written = new StringBuilder(prompt);
        try (var _ = Autograd.noGrad()) {
            for (int i = 0; i < length; i++) {
                long[] seen = text.encode(written.substring(Math.max(0, written.length() - CONTEXT)));
                // Always the same shape, which is planned once. What stands behind the last character cannot be seen from there.
                Tensor scores = model.forward(Tensor.of(Arrays.copyOf(seen, CONTEXT), 1, CONTEXT).to(device));
                Tensor next = scores.get(0, seen.length - 1).div(TEMPERATURE).softmax(0).multinomial(1, false, generator);
                written.append(text.alphabet().charAt((int) next.itemLong()));
            }
        }
        model.train();
        return written.substring(prompt.length());
    }
}
