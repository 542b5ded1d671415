package dev.espalier.sprig;

import dev.espalier.backends.LoadOptions;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How long a pass of sprig-diffusion takes. A program, not a test: arguments are the threads (1) and the tokens of the
 * prompt (100).
 */
final class PassTime {

    private static final int PASSES = 60;

    private PassTime() {}

    public static void main(String[] arguments) {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        int prompt = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        try (MaskedDiffusionModel model = SprigDiffusion.load(LoadOptions.DEFAULT.withThreads(threads))) {
            for (int slots : new int[] {64, 64, 128, 256}) {
                for (int asked : new int[] {slots, 8}) {
                    measure(model, prompt, slots, asked, threads);
                }
            }
        }
    }

    private static void measure(MaskedDiffusionModel model, int prompt, int slots, int asked, int threads) {
        Canvas canvas = Canvas.blank(model.vocabulary(), slots);
        int[] wanted = IntStream.range(0, asked).toArray();
        double[] millis = new double[PASSES];
        for (int pass = 0; pass < PASSES; pass++) {
            long start = System.nanoTime();
            model.forward(new int[prompt], canvas, wanted).get(asked - 1).toArray();
            millis[pass] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                "prompt of %d tokens, canvas of %d slots, logits of %d, threads %d: median %.1f ms, fastest %.1f ms%n",
                prompt, slots, asked, threads, millis[PASSES / 2], millis[0]);
    }
}
