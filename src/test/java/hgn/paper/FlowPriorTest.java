package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.io.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thin ring in six dimensions, as a pendulum's states lie in a latent space. */
class FlowPriorTest {
  private static final int D = 6;
  private static final FlowPrior.Effort EFFORT = new FlowPrior.Effort(512, 6, 32, 300);

  @TempDir private Path root;

  /** (2 cos a, sin a, cos 2a / 2, 0, 0, 0) + 3, known within 0.05; the last one not at all. */
  private static FlowPrior ring(NDManager manager) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] means = new double[512][];
    double[][] deviations = new double[512][D];
    for (int i = 0; i < means.length; i++) {
      double a = random.nextDouble(2 * Math.PI);
      means[i] = at(a);
      Arrays.fill(deviations[i], 0.05);
      deviations[i][D - 1] = 1;
    }
    return FlowPrior.fit("mine", new long[] {D}, means, deviations, EFFORT, manager);
  }

  private static double[] at(double a) {
    return new double[] {3 + 2 * Math.cos(a), 3 + Math.sin(a), 3 + Math.cos(2 * a) / 2, 3, 3, 3};
  }

  /** From the ring, in the first three. */
  private static double distance(float[] z, int row) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 720; i++) {
      double[] on = at(i * Math.PI / 360);
      double sum = 0;
      for (int j = 0; j < 3; j++) {
        sum += Math.pow(z[row * D + j] - on[j], 2);
      }
      least = Math.min(least, Math.sqrt(sum));
    }
    return least;
  }

  @Test
  void drawsLieOnTheRingAndRoundAllOfItAndTheWayBetweenTwoPointsDoes() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      FlowPrior prior = ring(manager);
      assertEquals(3, prior.dimension());
      float[] z = prior.draw(manager, 200, new SplittableRandom(2)).toFloatArray();
      double[] off = new double[200];
      Arrays.setAll(off, i -> distance(z, i));
      Arrays.sort(off);
      assertTrue(off[100] < 0.25, "median " + off[100]);
      long right = IntStream.range(0, 200).filter(i -> z[i * D] > 3).count();
      assertTrue(right > 60 && right < 140, "to the right: " + right);
      NDArray from = manager.create(floats(at(0.3)));
      NDArray to = manager.create(floats(at(1.9)));
      float[] way = prior.between(from, to, 5, manager).toFloatArray();
      for (int j = 0; j < 3; j++) {
        assertEquals(at(0.3)[j], way[j], 1e-2);
        assertEquals(at(1.9)[j], way[4 * D + j], 1e-2);
      }
    }
  }

  private static float[] floats(double... x) {
    float[] out = new float[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) x[i];
    }
    return out;
  }

  @Test
  void whatIsReadDrawsTheSameAndOfOtherWeightsOrDamagedIsRefused() throws Exception {
    Path file = root.resolve(FlowPrior.FILE_NAME);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      FlowPrior.Effort little = new FlowPrior.Effort(64, 2, 8, 5);
      double[][] means = new double[64][];
      double[][] deviations = new double[64][D];
      Arrays.setAll(means, i -> at(i));
      FlowPrior made = FlowPrior.fit("mine", new long[] {D}, means, deviations, little, manager);
      made.write(file);
      FlowPrior read = FlowPrior.read(file, "mine", "./workbook physics");
      assertArrayEquals(
          made.draw(manager, 7, new SplittableRandom(3)).toFloatArray(),
          read.draw(manager, 7, new SplittableRandom(3)).toFloatArray());
      UserError other =
          assertThrows(UserError.class, () -> FlowPrior.read(file, "other", "./workbook physics"));
      assertTrue(other.getMessage().contains("./workbook physics"), other.getMessage());
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      assertThrows(UserError.class, () -> FlowPrior.read(file, "mine", "./workbook physics"));
    }
  }
}
