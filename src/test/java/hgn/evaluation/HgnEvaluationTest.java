package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.results.SequenceScore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of Tables 1 and 2, of models whose scores are known beforehand. */
class HgnEvaluationTest {
  /** More than one chunk, the last one not full. */
  private static final int FILMS = 20;

  private static final int FRAMES = 12;
  private static final DatasetSpec SPEC = DatasetSpec.of("mass-spring", 1, FILMS, 3).withSteps(5);

  @TempDir private Path root;
  private Split films;

  @BeforeEach
  void simulate() {
    films = Dataset.open(SPEC, new Workspace(root), Progress.NONE).test().extended(0, FRAMES - 1);
  }

  private SequenceScore score(double clock, int told, int first, int skipped) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Physicist model = new Physicist(SPEC, films, Integrators.LEAPFROG, clock, told, told);
      return HgnEvaluation.score(
          "physicist", model, films, 100, first, skipped, manager, Progress.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "4, 0", "4, 1"})
  void whoKnowsThePhysicsMakesNoError(int first, int skipped) {
    SequenceScore score = score(1, first, first, skipped);
    assertEquals(FRAMES - first - skipped, score.frameMeans().length);
    assertEquals(FILMS, score.sequenceErrors().length);
    double worst = Arrays.stream(score.frameMeans()).max().orElseThrow();
    assertTrue(worst < 1e-7, "worst frame " + worst);
  }

  /** One frame early or late is what a wrong alignment would look like. */
  @ParameterizedTest
  @CsvSource({"3", "5"})
  void aStateOfAnotherFrameIsAnError(int told) {
    assertTrue(score(1, told, 4, 1).mse() > 1e-4);
  }

  @Test
  void theErrorOfAModelThatStandsStillIsTheFilmsOwn() {
    SequenceScore score = score(1e-12, 0, 0, 0);
    double[] sequences = new double[FILMS];
    double[] frames = new double[FRAMES];
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] all = films.frames(manager, IntStream.range(0, FILMS).toArray()).toFloatArray();
      int picture = all.length / FILMS / FRAMES;
      for (int i = 0; i < FILMS; i++) {
        for (int t = 0; t < FRAMES; t++) {
          double sum = 0;
          for (int k = 0; k < picture; k++) {
            double d = all[(i * FRAMES + t) * picture + k] - all[i * FRAMES * picture + k];
            sum += d * d;
          }
          sequences[i] += sum / picture / FRAMES;
          frames[t] += sum / picture / FILMS;
        }
      }
    }
    for (int i = 0; i < FILMS; i++) {
      assertEquals(sequences[i], score.sequenceErrors()[i], 1e-5 * sequences[i] + 1e-9);
    }
    for (int t = 0; t < FRAMES; t++) {
      assertEquals(frames[t], score.frameMeans()[t], 1e-5 * frames[t] + 1e-9);
    }
    assertEquals(Arrays.stream(sequences).average().orElseThrow(), score.mse(), 1e-8);
    assertTrue(score.mse() > 1e-3);
  }

  /**
   * Whoever knows the truth makes no error against clean frames; against noisy ones the floor, and
   * what is lost by not drawing the average of jittered frames.
   */
  @ParameterizedTest
  @CsvSource({"0.1, 0", "0, 0.05", "0.1, 0.05"})
  void thePerfectModelsErrorIsTheNoiseFloor(double positions, double pixels) {
    DatasetSpec spec =
        DatasetSpec.of("mass-spring", 1, 400, 3)
            .withSteps(FRAMES - 1)
            .withNoise(SPEC.noise().onFrames(positions, pixels));
    Dataset noisy = Dataset.open(spec, new Workspace(root), Progress.NONE);
    Split clean = noisy.test().clean();
    for (Split truth : List.of(noisy.test(), clean)) {
      try (NDManager manager = NDManager.newBaseManager()) {
        Physicist model = new Physicist(spec, clean, Integrators.LEAPFROG, 1, 0, 0);
        double mse =
            HgnEvaluation.score("", model, clean, truth, 400, 0, 0, manager, Progress.NONE).mse();
        double floor = truth == clean ? 0 : noisy.noiseFloor() + noisy.blur();
        assertEquals(floor, mse, 0.05 * floor + 1e-7);
      }
    }
  }

  @Test
  void theTrueEnergyIsConservedAndDiffersFromFilmToFilm() {
    SequenceScore score = score(1, 0, 0, 0);
    double[] energies = new double[FILMS];
    try (NDManager manager = NDManager.newBaseManager()) {
      PhaseState states =
          films.states(manager, DataType.FLOAT64, IntStream.range(0, FILMS).toArray());
      double[] q = states.q().toDoubleArray();
      double[] p = states.p().toDoubleArray();
      // p²/2m + kq²/2 with m = 0.5 and k = 2.
      Arrays.setAll(energies, i -> p[i * FRAMES] * p[i * FRAMES] + q[i * FRAMES] * q[i * FRAMES]);
    }
    double mean = Arrays.stream(energies).average().orElseThrow();
    double spread =
        Arrays.stream(energies).map(e -> (e - mean) * (e - mean)).average().orElseThrow();
    assertEquals(spread, score.energySpread(), 1e-3 * spread);
    assertTrue(score.energyVariance() < 1e-6 * spread, "" + score.energyVariance());
    assertTrue(score.normalisedEnergyVariance() < 1e-6);
  }

  /** Euler's energy grows along a rollout: what normalises is where it starts. */
  @ParameterizedTest
  @CsvSource({"0", "1"})
  void theSpreadOfTheEnergyIsThatOfItsStart(int skipped) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Physicist model = new Physicist(SPEC, films, Integrators.EULER, 1, 0, 0);
      SequenceScore score =
          HgnEvaluation.score("", model, films, 100, 0, skipped, manager, Progress.NONE);
      double start = score(1, 0, 0, 0).energySpread();
      assertEquals(start, score.energySpread(), 1e-3 * start);
      assertTrue(score.energyVariance() > 5e-5, "" + score.energyVariance());
      double ratio = score.energyVariance() / start;
      assertEquals(ratio, score.normalisedEnergyVariance(), 2e-3 * ratio);
    }
  }

  /** The mean image is judged by the films and frames that a model is judged by. */
  @ParameterizedTest
  @CsvSource({"20, 0", "17, 0", "17, 4", "400, 5"})
  void theMeanImagesErrorIsOfTheSameFilmsAndFrames(int count, int first) {
    Dataset data = Dataset.open(SPEC, new Workspace(root), Progress.NONE);
    int n = Math.min(FILMS, count);
    double sum = 0;
    int values = 0;
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] mean = data.meanImage();
      float[] all = data.test().frames(manager, IntStream.range(0, n).toArray()).toFloatArray();
      for (int i = 0; i < all.length; i++) {
        if (i / mean.length % data.test().frames() >= first) {
          double d = all[i] - mean[i % mean.length];
          sum += d * d;
          values++;
        }
      }
    }
    assertEquals(sum / values, data.meanImageMse(count, first), 1e-5 * sum / values);
    assertEquals(data.meanImageMse(), data.meanImageMse(FILMS, 0));
  }
}
