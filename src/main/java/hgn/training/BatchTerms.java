package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import java.util.ArrayList;
import java.util.List;

/**
 * The terms of a loss that are no sum over films, because they measure in units of the batch's own
 * spread: consistency over time, and the latent's scale. Their gradients are computed once for all
 * parts of a batch.
 *
 * @param distances of the consistency, bounded and added up; null where there is none
 * @param lost films whose rollout has run away to numbers that are none; null where there is no
 *     consistency. A step that has any goes on without the consistency's gradient; a step that may
 *     not read is lost, for nobody can tell it to leave that out
 * @param scale mean square of the logarithms of the latent's variances; null where it has no weight
 * @param means gradient with respect to the posteriors' means, [films, …]; null where there is none
 * @param rolled with respect to where the rollouts arrived; null where there is none
 * @param seen with respect to what the later windows gave; null where there is none
 */
record BatchTerms(
    NDArray distances,
    NDArray lost,
    NDArray scale,
    NDArray means,
    PhaseState rolled,
    PhaseState seen) {

  /** Terms of a loss that is a sum over films: none. */
  static final BatchTerms NONE = new BatchTerms(null, null, null, null, null, null);

  /** The smallest variance of a number whose logarithm is taken. */
  private static final double LEAST_VARIANCE = 1e-8;

  /**
   * Inputs of the terms, of some films, outside any graph.
   *
   * @param means of the posteriors
   * @param rolled where rollouts arrived; null where there is no second window
   * @param seen what the second windows gave; null where there is none
   */
  record View(NDArray means, PhaseState rolled, PhaseState seen) {}

  /**
   * The terms and their gradients.
   *
   * @param step whose graph they are computed in
   * @param training with the terms' weights
   * @param weight of the consistency in this step, of double precision
   * @param views of all parts of the batch
   */
  static BatchTerms of(Step step, HgnTraining training, NDArray weight, List<View> views) {
    BatchTerms terms = NONE;
    if (training.unitScale() > 0) {
      NDArray means = leaf(step, views.stream().map(View::means).toList());
      NDArray flat = means.reshape(means.getShape().get(0), -1);
      NDArray logs = Scalars.plus(Consistency.variances(flat), LEAST_VARIANCE).log();
      NDArray scale = logs.square().mean();
      step.backward(Scalars.times(scale, training.unitScale()));
      terms = new BatchTerms(null, null, scale, means.getGradient(), null, null);
    }
    if (views.get(0).seen() == null) {
      return terms;
    }
    PhaseState rolled = leaves(step, views.stream().map(View::rolled).toList());
    PhaseState seen = leaves(step, views.stream().map(View::seen).toList());
    NDArray distances = Consistency.distances(rolled, seen);
    int films = (int) distances.size();
    NDArray lost = Float64.of(step.manager(), films).sub(Float64.finite(distances).sum());
    if (!step.deferred() && lost.getDouble() > 0) {
      NDArray most = Float64.of(step.manager(), training.consistency().limit() * films);
      return new BatchTerms(most, lost, terms.scale, terms.means, null, null);
    }
    NDArray bounded = training.consistency().bounded(distances);
    NDArray share = weight.div(Float64.of(step.manager(), films));
    step.backward(bounded.mul(share.toType(bounded.getDataType(), false)));
    return new BatchTerms(
        bounded,
        lost,
        terms.scale,
        terms.means,
        new PhaseState(rolled.q().getGradient(), rolled.p().getGradient()),
        new PhaseState(seen.q().getGradient(), seen.p().getGradient()));
  }

  /** The gradients of some films. */
  BatchTerms of(int from, int to, Step owner) {
    return new BatchTerms(
        distances,
        lost,
        scale,
        means == null ? null : rows(means, from, to, owner),
        rolled == null ? null : rows(rolled, from, to, owner),
        seen == null ? null : rows(seen, from, to, owner));
  }

  private static PhaseState rows(PhaseState x, int from, int to, Step owner) {
    return new PhaseState(rows(x.q(), from, to, owner), rows(x.p(), from, to, owner));
  }

  private static NDArray rows(NDArray x, int from, int to, Step owner) {
    NDArray rows = x.get(new NDIndex("{}:{}", from, to));
    rows.attach(owner.manager());
    return rows;
  }

  private static PhaseState leaves(Step step, List<PhaseState> parts) {
    return new PhaseState(
        leaf(step, parts.stream().map(PhaseState::q).toList()),
        leaf(step, parts.stream().map(PhaseState::p).toList()));
  }

  private static NDArray leaf(Step step, List<NDArray> parts) {
    List<NDArray> own = new ArrayList<>();
    for (NDArray part : parts) {
      NDArray copy = part.stopGradient();
      copy.attach(step.manager());
      own.add(copy);
    }
    NDArray joined = NDArrays.concat(new NDList(own.toArray(NDArray[]::new)), 0);
    return step.leaf(joined);
  }
}
