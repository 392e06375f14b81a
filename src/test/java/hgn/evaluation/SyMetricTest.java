package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** True states seen through maps that are known to be symplectic, or not. */
class SyMetricTest {
  private static final int FILMS = 40;
  private static final int FRAMES = 15;
  private static final double[] CERTAIN = new double[4];

  /** Two oscillators with frequencies 1 and 1.7 along films. */
  private static double[][] truth() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] y = new double[FILMS * FRAMES][];
    for (int film = 0; film < FILMS; film++) {
      double a = random.nextDouble(0.3, 1.2);
      double b = random.nextDouble(0.3, 1.2);
      double alpha = random.nextDouble(0, 7);
      double beta = random.nextDouble(0, 7);
      for (int t = 0; t < FRAMES; t++) {
        double one = alpha + 0.3 * t;
        double two = beta + 0.51 * t;
        y[film * FRAMES + t] =
            new double[] {
              a * Math.cos(one), b * Math.cos(two), -a * Math.sin(one), -b * Math.sin(two)
            };
      }
    }
    return y;
  }

  private static SyMetric through(UnaryOperator<double[]> map) {
    double[][] y = truth();
    return SyMetric.of(Arrays.stream(y).map(map).toArray(double[][]::new), y, FILMS, CERTAIN);
  }

  /** A turn in the plane of both positions, one of q₁ with p₁, and units thrice as large. */
  @Test
  void aLinearSymplecticMapUpToAFactorScoresOne() {
    double c = Math.cos(0.6);
    double s = Math.sin(0.6);
    SyMetric score =
        through(
            y -> {
              double[] x = {
                c * y[0] - s * y[1], s * y[0] + c * y[1], c * y[2] - s * y[3], s * y[2] + c * y[3]
              };
              double q = c * x[0] + s * x[2];
              double p = c * x[2] - s * x[0];
              return new double[] {3 * q, 3 * x[1], 3 * p, 3 * x[3]};
            });
    assertEquals(1, score.verdict(), score.toString());
    assertEquals(1, score.order());
    assertTrue(score.rSquared() > 0.999 && score.deviation() < 1e-3, score.toString());
  }

  /** A kick p ↦ p − ∇V(q) with V = q₁⁴/2 + q₁q₂², as a leapfrog takes them. */
  @Test
  void aKickOfHigherOrderScoresOne() {
    SyMetric score =
        through(
            y ->
                new double[] {
                  y[0], y[1], y[2] - 2 * y[0] * y[0] * y[0] - y[1] * y[1], y[3] - 2 * y[0] * y[1]
                });
    assertEquals(1, score.verdict(), score.toString());
    assertTrue(score.order() > 1, score.toString());
  }

  @Test
  void oneStretchedMomentumIsReadAndIsNotSymplectic() {
    SyMetric score = through(y -> new double[] {y[0], y[1], y[2], 2 * y[3]});
    assertTrue(score.rSquared() > 0.999, score.toString());
    // P = (1, ¼, 1, ¼) on the diagonal of sixteen entries.
    assertEquals(2 * 0.75 * 0.75 / 16, score.deviation(), 1e-3);
    assertEquals(0, score.verdict());
  }

  /** q₁ ↦ q₁ + 2q₂² keeps volumes; a symplectic map would change p₂ with it. */
  @Test
  void positionsBentAloneAreNotSymplectic() {
    SyMetric score = through(y -> new double[] {y[0] + 2 * y[1] * y[1], y[1], y[2], y[3]});
    assertTrue(score.rSquared() > 0.99 && score.order() == 2, score.toString());
    assertTrue(score.deviation() > SyMetric.DEVIATION, score.toString());
    assertEquals(0, score.verdict());
  }

  @Test
  void noiseIsNotReadAndWhatIsNoNumberIsNoState() {
    SplittableRandom random = new SplittableRandom(2);
    SyMetric score = through(y -> random.doubles(4).toArray());
    assertTrue(score.rSquared() < 0.1, score.toString());
    assertEquals(0, score.verdict());
    assertEquals(0, through(y -> new double[] {Double.NaN, 1, 2, 3}).verdict());
  }

  /** The third pair is as wide as the others, but a film does not decide it. */
  @Test
  void pairsThatThePosteriorDoesNotKnowAreLeftOut() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] y = truth();
    double[][] x =
        Arrays.stream(y)
            .map(
                s ->
                    new double[] {
                      s[0], random.nextGaussian(), s[1], s[2], random.nextGaussian(), s[3]
                    })
            .toArray(double[][]::new);
    SyMetric score = SyMetric.of(x, y, FILMS, 0, 0.9, 0, 0.1, 0.8, 0.6);
    assertEquals(2, score.pairs());
    assertEquals(1, score.verdict(), score.toString());
  }

  /** The polynomials of 24 pairs of which two carry the state would be a million. */
  @Test
  void manyPairsAreRotatedToTheLeadingOnes() {
    SplittableRandom random = new SplittableRandom(4);
    int k = 24;
    double[][] y = truth();
    double[][] x =
        Arrays.stream(y)
            .map(
                s -> {
                  double[] wide = new double[2 * k];
                  double p = s[2] - 5 * s[0] * s[0] * s[0];
                  for (int i = 0; i < 2 * k; i++) {
                    double one = Math.sqrt(0.5) * (i % k == 3 ? 1 : i % k == 9 ? -1 : 0);
                    double two = Math.sqrt(0.5) * (i % k == 3 || i % k == 9 ? 1 : 0);
                    wide[i] =
                        one * (i < k ? s[0] : p)
                            + two * (i < k ? s[1] : s[3])
                            + 1e-3 * random.nextGaussian();
                  }
                  return wide;
                })
            .toArray(double[][]::new);
    SyMetric score = SyMetric.of(x, y, FILMS, new double[2 * k]);
    assertEquals(k, score.pairs());
    assertTrue(score.used() < k && score.order() > 1, score.toString());
    assertEquals(1, score.verdict(), score.toString());
  }

  @Test
  void theLassoShrinksByItsPenaltyAndDropsTheRest() {
    double[][] gram = {{1, 0, 0.5}, {0, 1, 0}, {0.5, 0, 1}};
    // Of y = 2 x₁ − 0.05 x₂: the first is shrunk by α, the others are below it.
    double[] w = new Lasso(gram, 1000).fit(new double[] {2, -0.05, 1}, 0.1, 0, 0, 0);
    assertArrayEquals(new double[] {1.9, 0, 0.05}, w, 0.06);
    assertEquals(0, w[1]);
    double[] free = new Lasso(gram, 1000).fit(new double[] {2, -0.05, 1}, 0, 0, 0, 0);
    assertArrayEquals(new double[] {2, -0.05, 0}, free, 1e-3);
  }
}
