package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.render.Renderer;
import hgn.systems.PhysicalSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions read from drawn frames against those that were drawn, and what is made of them. */
class DiscTrackerTest {
  @TempDir private Path root;

  private Split films(DatasetSpec spec) {
    return Dataset.open(spec, new Workspace(root), Progress.NONE).test();
  }

  private static List<float[]> frames(NDArray film) {
    float[] all = film.toFloatArray();
    int size = all.length / (int) film.getShape().get(0);
    return IntStream.range(0, all.length / size)
        .mapToObj(t -> Arrays.copyOfRange(all, t * size, (t + 1) * size))
        .toList();
  }

  private static double[][][] tracks(DatasetSpec spec, Split films) {
    DiscTracker tracker = new DiscTracker(spec.rendering());
    double[][][] tracks = new double[films.size()][][];
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int i = 0; i < tracks.length; i++) {
        tracks[i] = tracker.track(frames(films.frames(manager, i).get(0)));
      }
    }
    return tracks;
  }

  /** Where the discs of a film are, [frames][2 · bodies]. */
  private static double[][][] positions(DatasetSpec spec, Split films) {
    PhysicalSystem system = spec.physics();
    double[][][] positions =
        new double[films.size()][films.frames()][2 * system.view().discs().size()];
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int i = 0; i < positions.length; i++) {
        PhaseState s = films.states(manager, i);
        float[] all = system.positions(s.q().reshape(new Shape(films.frames(), -1))).toFloatArray();
        for (int t = 0; t < films.frames(); t++) {
          for (int j = 0; j < positions[i][t].length; j++) {
            positions[i][t][j] = all[t * positions[i][t].length + j];
          }
        }
      }
    }
    return positions;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mass-spring", "pendulum", "two-body", "three-body"})
  void discsAreFoundWithinAHundredthOfAPixelAndMoveAsTheyDo(String id) {
    DatasetSpec spec = DatasetSpec.of(id, 1, 4, 5);
    Split films = films(spec);
    double pixel = 2 * spec.physics().view().halfWidth() / spec.imageSize();
    double[][][] found = tracks(spec, films);
    double[][][] drawn = positions(spec, films);
    double worst = 0;
    for (int i = 0; i < found.length; i++) {
      for (int t = 0; t < found[i].length; t++) {
        for (int j = 0; j < found[i][t].length; j++) {
          worst = Math.max(worst, Math.abs(found[i][t][j] - drawn[i][t][j]));
        }
      }
    }
    assertTrue(worst < 0.01 * pixel, "off by " + worst / pixel + " pixels");
    Motion seen = Motion.of(spec.physics(), found, spec.dt());
    Motion known = Motion.of(spec.physics(), drawn, spec.dt());
    for (int i = 0; i < seen.reach().length; i++) {
      assertEquals(known.reach()[i], seen.reach()[i], 0.01 * pixel);
    }
    // What drift is left is that of differences between frames.
    assertTrue(Arrays.stream(seen.drift()).max().orElseThrow() < 0.02, "the energy stays");
  }

  @Test
  void amplitudesOfTheMassSpringAreItsRadii() {
    DatasetSpec spec = DatasetSpec.of("mass-spring", 1, 16, 6);
    Split films = films(spec);
    Motion motion = Motion.of(spec.physics(), positions(spec, films), spec.dt());
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int i = 0; i < films.size(); i++) {
        PhaseState s = films.states(manager, i);
        double radius = Math.sqrt(s.q().square().add(s.p().square()).mean().getFloat());
        // A swing's end lies between two frames, at most half a step away.
        assertEquals(radius, motion.reach()[i], radius * 0.009);
      }
    }
  }

  /** As films that are dreamt: one loses a tenth of its speed a unit of time, one runs too fast. */
  @Test
  void dampedAndHastyFilmsAreTold() {
    DatasetSpec spec = DatasetSpec.of("mass-spring", 1, 400, 7);
    Split films = films(spec);
    double[][][] true1 = Arrays.copyOfRange(positions(spec, films), 0, 200);
    double[][][] true2 = Arrays.copyOfRange(positions(spec, films), 200, 400);
    Motion known = Motion.of(spec.physics(), true1, spec.dt());
    Motion.Distance half = Motion.of(spec.physics(), true2, spec.dt()).from(known);
    assertTrue(half.reach() < 0.14 && half.speed() < 0.06, half.toString());
    double[][][] damped = new double[true2.length][][];
    for (int i = 0; i < damped.length; i++) {
      List<double[]> film = new ArrayList<>();
      for (int t = 0; t < true2[i].length; t++) {
        double left = Math.exp(-0.2 * t * spec.dt());
        film.add(Arrays.stream(true2[i][t]).map(x -> x * left).toArray());
      }
      damped[i] = film.toArray(double[][]::new);
    }
    assertTrue(Motion.of(spec.physics(), damped, spec.dt()).from(known).drift() > 0.9);
    assertTrue(Motion.of(spec.physics(), true2, spec.dt() / 2).from(known).speed() > 0.2);
  }

  @Test
  void whatIsNoNumberIsFarFromEveryFilm() {
    DatasetSpec spec = DatasetSpec.of("two-body", 1, 4, 5);
    float[] broken = new float[3 * 32 * 32];
    Arrays.fill(broken, Float.NaN);
    double[][] track =
        new DiscTracker(spec.rendering())
            .track(List.of(broken, broken, broken, broken, broken, broken));
    assertTrue(Double.isNaN(track[0][0]));
    Motion none = Motion.of(spec.physics(), new double[][][] {track, track}, spec.dt());
    Motion known = Motion.of(spec.physics(), positions(spec, films(spec)), spec.dt());
    assertEquals(1, none.from(known).reach());
    assertEquals(1, none.from(known).drift());
  }

  @Test
  void aDiscThatIsHiddenIsWhereItWas() {
    DatasetSpec spec = DatasetSpec.of("two-body", 1, 1, 5);
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] at = {0.9f, 0, 0.3f, 0.1f, 0.75f, 0, 0.35f, 0.05f};
      NDArray drawn = new Renderer(spec.rendering()).render(manager.create(at, new Shape(2, 2, 2)));
      double[][] track = new DiscTracker(spec.rendering()).track(frames(drawn));
      for (int i = 0; i < at.length; i++) {
        assertEquals(at[i], track[i / 4][i % 4], 1e-3);
      }
    }
  }
}
