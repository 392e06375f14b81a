package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.io.Workspace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the exact physics foresees from the true state, and from one that is a little wrong. */
class ExactTest {
  private static final int STEPS = 24;

  @TempDir private Path root;

  private Split films(DatasetSpec spec) {
    return Dataset.open(spec, new Workspace(root), Progress.NONE).test().extended(STEPS, STEPS + 5);
  }

  private static PhaseState present(Split films, NDManager manager) {
    int[] all = IntStream.range(0, films.size()).toArray();
    PhaseState s = films.states(manager, DataType.FLOAT64, all);
    NDIndex now = new NDIndex(":,{}", STEPS);
    return new PhaseState(s.q().get(now), s.p().get(now));
  }

  private static Exact exact(DatasetSpec spec, PhaseState start, double off) {
    NDArray rows = NDArrays.concat(new NDList(start.q(), start.p()), 1).add(off);
    int[] told = new int[1];
    return new Exact(
        spec.physics(),
        spec.rendering(),
        spec.dt(),
        frames -> {
          int from = told[0];
          told[0] += (int) frames.getShape().get(0);
          return rows.get(new NDIndex("{}:{}", from, told[0]));
        });
  }

  @Test
  void theTrueStateIsRightToTheEndAndAWrongOneIsNot() {
    DatasetSpec spec = DatasetSpec.of("three-body", 1, 2, 3).withSteps(5);
    Split films = films(spec);
    try (NDManager manager = NDManager.newBaseManager()) {
      PhaseState start = present(films, manager);
      int[] end = new int[films.size()];
      Arrays.fill(end, STEPS);
      LongRollouts right = LongRollouts.of(exact(spec, start, 0), films, 0, STEPS, manager);
      assertArrayEquals(end, right.valid(false));
      assertArrayEquals(end, right.valid(true));
      LongRollouts wrong = LongRollouts.of(exact(spec, start, 0.3), films, 0, STEPS, manager);
      assertTrue(Arrays.stream(wrong.valid(false)).anyMatch(t -> t < STEPS));
      assertTrue(Arrays.stream(wrong.valid(true)).anyMatch(t -> t < STEPS));
    }
  }

  /** Two bodies at one place: no step is short enough. */
  @Test
  void bodiesThatMeetAreNoNumbersAndTheOtherFilmsGoOn() {
    DatasetSpec spec = DatasetSpec.of("two-body", 1, 1, 3);
    try (NDManager manager = NDManager.newBaseManager()) {
      double[] q = {1, 0, -1, 0, 0.01, 0, -0.01, 0};
      double[] p = {0, 0.5, 0, -0.5, 0, 0, 0, 0};
      PhaseState start =
          new PhaseState(manager.create(q, new Shape(2, 4)), manager.create(p, new Shape(2, 4)));
      PhaseState end = exact(spec, start, 0).rollout(start, 0.125, 12).get(12);
      double[] x = end.q().toDoubleArray();
      assertEquals(1, Math.hypot(x[0], x[1]), 1e-6);
      assertTrue(Double.isNaN(x[4]));
    }
  }

  @Test
  void threeBodiesAreChaoticAndTheOtherSystemsAreNot() {
    int steps = 200;
    for (String system : List.of("mass-spring", "pendulum", "two-body", "three-body")) {
      DatasetSpec spec = DatasetSpec.of(system, 1, 5, 3);
      Split films = Dataset.open(spec, new Workspace(root), Progress.NONE).test();
      try (NDManager manager = NDManager.newBaseManager()) {
        PhaseState all = films.states(manager, DataType.FLOAT64, IntStream.range(0, 5).toArray());
        NDIndex first = new NDIndex(":,0");
        PhaseState start = new PhaseState(all.q().get(first), all.p().get(first));
        double[] times = exact(spec, start, 0).lyapunovTimes(start, steps);
        Arrays.sort(times);
        assertEquals("three-body".equals(system), times[0] < 10, system + " " + times[0]);
      }
    }
  }
}
