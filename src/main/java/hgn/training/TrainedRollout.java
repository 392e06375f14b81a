package hgn.training;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Joint;
import hgn.dynamics.PhaseState;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Separable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A latent rollout that the loss is sent back through. */
interface TrainedRollout {

  /** States at the times of the {@link Course}, in their order. */
  List<PhaseState> states();

  /**
   * A scalar whose gradient with respect to the weights is that of the loss through the rollout.
   *
   * @param gradients of the loss with respect to {@link #states()}, outside any graph: what lies
   *     behind the last that has one is left out
   */
  NDArray surrogate(Gradients gradients);

  /**
   * Course of a rollout.
   *
   * @param times at which states are wanted, rising, in steps
   * @param signs 1 for each film that runs forward in time, −1 for each that runs backward, [films,
   *     1, …]; null where all run forward
   */
  record Course(int[] times, NDArray signs) {

    /** One half of the states at some of the times. */
    List<NDArray> of(TargetTimes some, TrainedRollout rollout, Function<PhaseState, NDArray> half) {
      return Arrays.stream(some.times())
          .mapToObj(time -> half.apply(rollout.states().get(at(time))))
          .toList();
    }

    int at(int time) {
      return Arrays.binarySearch(times, time);
    }

    /** −H has the trajectories of H, run backward. */
    Hamiltonian directed(Hamiltonian h) {
      if (signs == null) {
        return h;
      }
      return h instanceof Separable s
          ? new Separable(new Directed(s.kinetic(), signs), new Directed(s.potential(), signs))
          : new Joint(new Directed(((Joint) h).field(), signs));
    }

    private record Directed(ScalarField field, NDArray signs) implements ScalarField {

      @Override
      public NDArray value(NDArray x) {
        return field.value(x).mul(signs.flatten());
      }

      @Override
      public NDArray gradient(NDArray x) {
        return field.gradient(x).mul(signs);
      }
    }
  }

  /** Gradients with respect to the states of a rollout: added up as they come. */
  final class Gradients {
    private final Course course;
    private final NDArray[] q;
    private final NDArray[] p;

    Gradients(Course course) {
      this.course = course;
      q = new NDArray[course.times().length];
      p = new NDArray[course.times().length];
    }

    void addPositions(TargetTimes times, List<NDArray> gradients) {
      add(q, times, gradients);
    }

    void addMomenta(TargetTimes times, List<NDArray> gradients) {
      add(p, times, gradients);
    }

    private void add(NDArray[] sums, TargetTimes times, List<NDArray> gradients) {
      for (int i = 0; i < gradients.size(); i++) {
        int at = course.at(times.times()[i]);
        sums[at] = sums[at] == null ? gradients.get(i) : sums[at].add(gradients.get(i));
      }
    }

    /** Null where there is none. */
    NDArray position(int at) {
      return q[at];
    }

    /** Null where there is none. */
    NDArray momentum(int at) {
      return p[at];
    }

    /** The last of the course's times that has a gradient. */
    int last() {
      return IntStream.range(0, q.length)
          .filter(at -> q[at] != null || p[at] != null)
          .max()
          .orElse(0);
    }
  }

  /** Times of both, rising. */
  static int[] union(int[] a, int[] b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).sorted().distinct().toArray();
  }

  /** Σ x·g: its gradient with respect to x is g. */
  static NDArray product(NDArray x, NDArray g) {
    return x.mul(g).sum();
  }

  /** Σ q·g_q + Σ p·g_p. */
  static NDArray product(PhaseState x, PhaseState g) {
    return product(x.q(), g.q()).add(product(x.p(), g.p()));
  }
}
