package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetsTest {
  @TempDir private Path folder;

  static Stream<Target> targets() {
    return Stream.concat(
        Targets.all().stream(),
        Stream.of(Targets.named("mixture-4-d2"), Targets.named("mixture-4-d6")));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aSampleHasTheTargetsDimensionAndIsOfItsSeed(Target target) {
    double[][] points = target.samples(new SplittableRandom(1), 500);
    assertEquals(target.dimension(), points[0].length);
    assertArrayEquals(points, target.samples(new SplittableRandom(1), 500));
    for (double[] x : points) {
      assertTrue(Math.abs(x[0]) < 5, target.id());
      assertTrue(!target.exact() || Double.isFinite(target.logDensity(x)), target.id());
    }
  }

  static Stream<Target> exactInThePlane() {
    return targets().filter(target -> target.exact() && target.dimension() == 2);
  }

  @ParameterizedTest
  @MethodSource("exactInThePlane")
  void anExactDensityOfThePlaneIntegratesToOne(Target target) {
    double step = 0.03;
    double sum = 0;
    for (double x = -6 + step / 2; x < 6; x += step) {
      for (double y = -6 + step / 2; y < 6; y += step) {
        sum += Math.exp(target.logDensity(new double[] {x, y})) * step * step;
      }
    }
    assertEquals(1, sum, 1e-3, target.id());
  }

  /** Independent coordinates: what is integrated in the plane, times normals, integrates to one. */
  @Test
  void aDensityInSixDimensionsIsThatOfThePlaneTimesNormals() {
    Target six = Targets.named("mixture-4-d6");
    Target plane = Targets.named("mixture-4-d2");
    double deviation = ((Mixture) six).deviation();
    double[][] points = six.samples(new SplittableRandom(3), 1000);
    double squares = 0;
    for (double[] x : points) {
      double expected = plane.logDensity(new double[] {x[0], x[1]});
      for (int i = 2; i < 6; i++) {
        double z = x[i] / deviation;
        expected -= z * z / 2 + Math.log(deviation * Math.sqrt(2 * Math.PI));
        squares += z * z / 4 / points.length;
      }
      assertEquals(expected, six.logDensity(x), 1e-9);
    }
    // The samples have the width that the density says: within four standard errors.
    assertEquals(1, squares, 4 * Math.sqrt(2.0 / 4000));
  }

  @Test
  void modesThatWouldCoincideAreRefused() {
    assertEquals(1, Targets.named("mixture-2-d1").dimension());
    for (String id : new String[] {"mixture-4-d1", "mixture-8-d1"}) {
      UserError error = assertThrows(UserError.class, () -> Targets.named(id));
      assertTrue(error.getMessage().contains("coincide"), error.getMessage());
    }
  }

  @Test
  void aMixturesSamplesShareItsModes() {
    Mixture mixture = (Mixture) Targets.named("mixture-8");
    for (double mass : mixture.masses(mixture.samples(new SplittableRandom(2), 20_000))) {
      assertEquals(0.125, mass, 0.01);
    }
  }

  @Test
  void anUnknownTargetIsAnsweredWithTheKnownOnes() {
    UserError error = assertThrows(UserError.class, () -> Targets.named("moon"));
    assertTrue(error.getMessage().contains("two-moons"));
  }

  @Test
  void pointsOfTheUserAreRead() throws IOException {
    CsvTarget target = CsvTarget.read(write("my points.csv", "x, y, z\n1,2,3\n4,5,-6e-1\n7,8,9\n"));
    assertTrue(target.id().matches("file:.*/my points\\.csv"), target.id());
    assertEquals(3, target.dimension());
    assertEquals(3, target.size());
    double[] x = target.sample(new SplittableRandom(1));
    assertEquals(x[0] == 1 ? 3 : x[0] == 4 ? -0.6 : 9, x[2]);
  }

  @Test
  void whatIsTestedWithIsNeverTrainedOn() throws IOException {
    StringBuilder rows = new StringBuilder("x\n");
    for (int i = 0; i < 50; i++) {
      rows.append(i).append('\n');
    }
    CsvTarget target = CsvTarget.read(write("fifty.csv", rows.toString()));
    SplittableRandom random = new SplittableRandom(1);
    Set<Double> tests = new HashSet<>();
    for (double[] x : target.tests(random, 1000)) {
      tests.add(x[0]);
    }
    assertEquals(10, tests.size());
    Set<Double> drawn = new HashSet<>();
    for (double[] x : target.samples(random, 2000)) {
      drawn.add(x[0]);
    }
    assertEquals(40, drawn.size());
    assertTrue(Collections.disjoint(tests, drawn));
  }

  @Test
  void rowsThatRepeatAreOnOneSide() throws IOException {
    StringBuilder rows = new StringBuilder("x\n");
    for (int i = 0; i < 100; i++) {
      rows.append(i % 20).append('\n');
    }
    CsvTarget target = CsvTarget.read(write("repeated.csv", rows.toString()));
    assertEquals(100, target.size());
    SplittableRandom random = new SplittableRandom(1);
    Set<Double> tests = new HashSet<>();
    for (double[] x : target.tests(random, 1000)) {
      tests.add(x[0]);
    }
    assertEquals(4, tests.size());
    for (double[] x : target.samples(random, 2000)) {
      assertFalse(tests.contains(x[0]), "" + x[0]);
    }
    Path same = write("same.csv", "x\n1\n1\n1\n");
    UserError error = assertThrows(UserError.class, () -> CsvTarget.read(same));
    assertTrue(error.getMessage().contains("1 different points"), error.getMessage());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
