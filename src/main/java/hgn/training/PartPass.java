package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.models.Hgn;
import hgn.models.HgnBlueprint;
import hgn.models.Posterior;
import hgn.nn.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The way of some films through a model and of their loss back to its weights. Each chunk of frames
 * is decoded and back-propagated to its positions at once, and the positions' gradients are sent
 * through the rollout together: the decoder's activations never exist for more than one chunk.
 */
final class PartPass {
  private final Step step;
  private final Weighting weighting;
  private final Part part;
  private final Layout.Weights leaves;
  private final Hgn model;
  private final Inferred inferred;
  private final TrainedRollout.Course course;
  private final TrainedRollout rollout;

  /**
   * Weighting that all parts of a batch have in common.
   *
   * @param batch sequences of the whole batch
   * @param share what a squared error contributes to the loss
   * @param perNat what a sequence's nat of divergence contributes to the loss
   */
  record Weighting(int batch, NDArray share, double perNat) {}

  /**
   * Some sequences.
   *
   * @param frames their clips
   * @param noise of their posteriors' samples; null where there is none
   * @param signs 1 where time runs forward and −1 where it does not, [films]; null where all do
   * @param times target times, counted from the inferred state
   * @param arrivals where rollouts are compared with later windows
   * @param cut where their frames lie
   * @param sent of the target times on the device; null where all films share them
   * @param sentArrivals of the arrivals; null where there are none
   */
  record Part(
      NDArray frames,
      NDArray noise,
      NDArray signs,
      TargetTimes times,
      TargetTimes arrivals,
      Cut cut,
      NDArray sent,
      NDArray sentArrivals) {

    /** Ends with the part that it is worked on in. */
    Part ownedBy(Step step) {
      frames.attach(step.manager());
      if (noise != null) {
        noise.attach(step.manager());
      }
      return this;
    }

    /** The signs as a factor, [films, 1, …]. */
    NDArray signs(NDArray like) {
      if (signs == null) {
        return null;
      }
      long[] shape = new long[like.getShape().dimension()];
      Arrays.fill(shape, 1);
      shape[0] = signs.size();
      return signs.reshape(shape).toType(like.getDataType(), false);
    }
  }

  /** Sums over some sequences: squared errors, and divergences from the prior, added up. */
  record Sums(NDArray squares, NDArray nats) {

    Sums add(Sums other) {
      return new Sums(squares.add(other.squares), nats.add(other.nats));
    }

    /** Outlives the part that they are of. */
    Sums ownedBy(Step step) {
      squares.attach(step.manager());
      nats.attach(step.manager());
      return this;
    }
  }

  /** Encodes and rolls out. */
  PartPass(
      HgnBlueprint blueprint, HgnTraining training, Weighting weighting, Part part, Step step) {
    this.step = step;
    this.weighting = weighting;
    this.part = part;
    // Every chunk's backward pass ends at the weights that it touches, not at the whole vector.
    leaves = blueprint.layout().leaves(step.weights());
    model = step.time("encode", () -> blueprint.bind(leaves));
    inferred = step.time("encode", () -> infer(model, part));
    PhaseState start = inferred.start();
    course =
        new TrainedRollout.Course(
            TrainedRollout.union(part.times().times(), part.arrivals().times()),
            part.signs(start.q()));
    rollout =
        step.time(
            "rollout",
            () ->
                training.reversible()
                    ? new ReversibleRollout(blueprint, step, start, course)
                    : new StoredRollout(model, start, course));
  }

  /** Inputs of the terms that are no sum over films. */
  BatchTerms.View view() {
    NDArray means = inferred.posterior().mean();
    if (!part.cut().shifted()) {
      return new BatchTerms.View(means, null, null);
    }
    PhaseState rolled = new PhaseState(arrived(PhaseState::q), arrived(PhaseState::p));
    return new BatchTerms.View(means, rolled, inferred.later());
  }

  private NDArray arrived(Function<PhaseState, NDArray> half) {
    TargetTimes arrivals = part.arrivals();
    return arrivals.chosen(course.of(arrivals, rollout, half), part.sentArrivals()).get(0);
  }

  /**
   * Decodes, and sends the loss of these sequences back to the weights.
   *
   * @param framesPerDecode how many frames pass the decoder at once
   * @param terms gradients of what is no sum over films
   */
  Sums backward(int framesPerDecode, BatchTerms terms) {
    TrainedRollout.Gradients gradients = new TrainedRollout.Gradients(course);
    TargetTimes targets = part.times();
    TargetTimes arrivals = part.arrivals();
    List<NDArray> decoded = new ArrayList<>();
    List<NDArray> positions =
        step.time(
            "decode",
            () -> targets.chosen(course.of(targets, rollout, PhaseState::q), part.sent()));
    List<NDArray> wanted = step.time("decode", () -> targets.framesOf(part.frames(), part.cut()));
    NDArray squares = decode(framesPerDecode, positions, wanted, decoded);
    gradients.addPositions(targets, targets.gathered(decoded, part.sent()));
    if (terms.rolled() != null) {
      NDArray sent = part.sentArrivals();
      gradients.addPositions(arrivals, arrivals.gathered(List.of(terms.rolled().q()), sent));
      gradients.addMomenta(arrivals, arrivals.gathered(List.of(terms.rolled().p()), sent));
    }
    NDArray surrogate = rollout.surrogate(gradients);
    if (terms.seen() != null) {
      surrogate = surrogate.add(TrainedRollout.product(inferred.later(), terms.seen()));
    }
    if (terms.means() != null) {
      surrogate = surrogate.add(TrainedRollout.product(inferred.posterior().mean(), terms.means()));
    }
    NDArray divergence = inferred.posterior().divergence().sum();
    step.backward(
        weighting.perNat() == 0
            ? surrogate
            : surrogate.add(Scalars.times(divergence, weighting.perNat() / weighting.batch())));
    step.backward(TrainedRollout.product(step.weights(), leaves.gradient()));
    return new Sums(squares, Float64.of(divergence));
  }

  /**
   * Inference of the encoder.
   *
   * @param posterior of the window seen
   * @param start the state that rolls
   * @param later the state of the second window, from the mean of its posterior; null without one
   */
  private record Inferred(Posterior posterior, PhaseState start, PhaseState later) {}

  /** Both windows pass the encoder at once. */
  private static Inferred infer(Hgn model, Part part) {
    NDArray seen = part.cut().window(part.frames());
    if (!part.cut().shifted()) {
      Posterior posterior = model.encode(seen);
      return new Inferred(posterior, model.initialState(sample(posterior, part)), null);
    }
    NDArray later = part.cut().laterWindow(part.frames());
    Posterior both = model.encode(NDArrays.concat(new NDList(seen, later), 0));
    NDList means = both.mean().split(2, 0);
    Posterior posterior = new Posterior(means.get(0), both.logVariance().split(2, 0).get(0));
    NDList z = new NDList(sample(posterior, part), means.get(1));
    PhaseState states = model.initialState(NDArrays.concat(z, 0));
    NDList q = states.q().split(2, 0);
    NDList p = states.p().split(2, 0);
    return new Inferred(
        posterior, new PhaseState(q.get(0), p.get(0)), new PhaseState(q.get(1), p.get(1)));
  }

  private static NDArray sample(Posterior posterior, Part part) {
    return part.noise() == null ? posterior.mean() : posterior.sample(part.noise());
  }

  /**
   * Decodes chunk by chunk, sends each chunk's loss back to its positions and to the decoder's
   * weights, and adds the positions' gradients to a list.
   *
   * @return the squared errors of all of them, added up
   */
  private NDArray decode(
      int framesPerDecode,
      List<NDArray> positions,
      List<NDArray> targets,
      List<NDArray> gradients) {
    NDArray total = step.manager().zeros(new Shape(), targets.get(0).getDataType());
    int chunk = Math.min(framesPerDecode, positions.size());
    for (int from = 0; from < positions.size(); from += chunk) {
      int to = Math.min(positions.size(), from + chunk);
      try (NDManager scope = step.manager().newSubManager()) {
        NDArray q = step.leaf(joined(positions.subList(from, to)));
        q.attach(scope);
        NDArray wanted = joined(targets.subList(from, to));
        NDArray error = step.time("decode", () -> model.decode(q).sub(wanted).square().sum());
        step.backward(error.mul(weighting.share()));
        total.addi(error.stopGradient());
        NDArray gradient = q.getGradient();
        gradient.attach(scope);
        for (NDArray part : to - from == 1 ? new NDList(gradient) : gradient.split(to - from, 0)) {
          part.attach(step.manager());
          gradients.add(part);
        }
      }
    }
    return Float64.of(total);
  }

  private static NDArray joined(List<NDArray> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : NDArrays.concat(new NDList(parts.toArray(NDArray[]::new)), 0);
  }
}
