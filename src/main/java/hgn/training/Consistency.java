package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.io.Text;

/**
 * Consistency over time: the state that a window of a film gives, rolled s steps, has to arrive at
 * the state that the window s frames later in the same film gives. It makes the set of encoded
 * states invariant under the learned flow, which no sum over frames does, so that rollouts last.
 * Not the paper's.
 *
 * <p>A film's distance is ½(|q̂ − q|² / Var q + |p̂ − p|² / Var p), each variance taken over the
 * films of the batch and summed over the numbers of a half. Gradients go to both states and through
 * the variances: with these held fixed, the term is lowered by shrinking the latent until every
 * energy looks like a harmonic one, and bodies are never learned.
 *
 * @param weight beside the mean squared error of a value. Not stated: 1e-3
 * @param from iteration at which it begins. Not stated: once the horizon is whole
 * @param ramp iterations over which the weight then grows from 0
 * @param shortest longest shift at first, in frames. Not stated: 5
 * @param every iterations after which the longest shift grows by one; 0 for all from the start. Not
 *     stated: 8
 * @param longest shift in the end; every film of a step has its own, in equal shares from 1 to the
 *     longest so far
 * @param limit of a film's distance. Not stated: 3
 * @param bound how the limit is kept
 */
public record Consistency(
    double weight,
    int from,
    int ramp,
    int shortest,
    int every,
    int longest,
    double limit,
    Bound bound) {

  /** A latent that has not opened yet must not make every distance infinite. */
  private static final double LEAST_VARIANCE = 1e-8;

  /** Bound on what a large distance counts: a rollout that runs away must not decide a step. */
  public enum Bound {
    /** min(d, limit): beyond the limit a film has no gradient. */
    CLAMP,
    /** d / (1 + d / limit): a gradient that fades with d². */
    SATURATE,
    /** limit · ln(1 + d / limit): no bound, but a gradient that fades with d. */
    LOG
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public Consistency {
    if (!(weight > 0) || Double.isInfinite(weight) || !(limit > 0)) {
      throw new IllegalArgumentException(
          "consistency of weight %s and limit %s, expected positive numbers"
              .formatted(weight, limit));
    }
    if (from < 0 || ramp < 0 || every < 0 || shortest < 1 || longest < shortest) {
      throw new IllegalArgumentException(
          Text.of(
              "consistency from iteration %d over %d, shifts up to %d and then %d frames, one more"
                  + " every %d: expected ≥ 0, ≥ 0, 1 ≤ first ≤ last and ≥ 0",
              from, ramp, shortest, longest, every));
    }
  }

  /**
   * The weight of one iteration.
   *
   * @param iteration from 0
   */
  public double at(long iteration) {
    if (iteration < from) {
      return 0;
    }
    return ramp == 0 ? weight : weight * Math.min(1, (iteration - from + 1.0) / ramp);
  }

  /**
   * The longest shift of one iteration; 0 before it begins.
   *
   * @param iteration from 0
   */
  public int longest(long iteration) {
    if (iteration < from) {
      return 0;
    }
    return every == 0 ? longest : (int) Math.min(longest, shortest + (iteration - from) / every);
  }

  /**
   * The bounded distances of films, added up.
   *
   * @param distances of each film, finite, [films]
   */
  NDArray bounded(NDArray distances) {
    NDArray each =
        switch (bound) {
          case CLAMP -> NDArrays.minimum(distances, Scalars.plus(distances.zerosLike(), limit));
          case SATURATE -> distances.div(Scalars.plus(Scalars.over(distances, limit), 1));
          case LOG -> Scalars.times(Scalars.plus(Scalars.over(distances, limit), 1).log(), limit);
        };
    return each.sum();
  }

  /**
   * Distances of rollouts from where they should have arrived.
   *
   * @param rolled where they did, each half [films, …]
   * @param seen where they should have, the same shape; at least two films
   * @return of each film, [films]
   */
  static NDArray distances(PhaseState rolled, PhaseState seen) {
    return Scalars.times(relative(rolled.q(), seen.q()).add(relative(rolled.p(), seen.p())), 0.5);
  }

  private static NDArray relative(NDArray rolled, NDArray seen) {
    long films = rolled.getShape().get(0);
    NDArray to = seen.reshape(films, -1);
    NDArray squares = rolled.reshape(films, -1).sub(to).square().sum(new int[] {1});
    // The sum becomes one of double precision; a conversion of its own would cut the graph.
    NDArray least = Float64.of(to.getManager(), LEAST_VARIANCE);
    return squares.div(variances(to).sum().add(least));
  }

  /**
   * Variance of each number over the films.
   *
   * @param x [films, n]
   * @return [n]
   */
  static NDArray variances(NDArray x) {
    NDArray squares = x.sub(x.mean(new int[] {0}, true)).square().sum(new int[] {0});
    return Scalars.over(squares, x.getShape().get(0) - 1.0);
  }
}
