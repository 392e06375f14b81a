package hgn.training;

import ai.djl.ndarray.NDArray;
import hgn.data.Upload;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.models.StateBlueprint;
import hgn.nn.Layout;
import java.util.Map;

/** The HNN's objective on states (§2.1, eq. 1): velocities of the network against the true ones. */
public final class StateObjective implements Objective {
  private final StateBlueprint blueprint;
  private final Source source;

  /**
   * States with their velocities.
   *
   * @param state where, as far as it is known
   * @param velocity (q̇, ṗ) there
   */
  public record Examples(PhaseState state, PhaseState velocity) {

    /**
     * Examples from one array.
     *
     * @param all q, p, q̇ and ṗ, [4, n, d]
     */
    public static Examples of(NDArray all) {
      return new Examples(
          new PhaseState(all.get(0), all.get(1)), new PhaseState(all.get(2), all.get(3)));
    }
  }

  /** Source of examples. */
  @FunctionalInterface
  public interface Source {

    /**
     * The examples of one step: a function of the iteration alone.
     *
     * @param iteration from 0
     * @return what q, p, q̇ and ṗ of them, [4, n, d], are made of
     */
    Upload batch(long iteration);
  }

  /**
   * An objective.
   *
   * @param blueprint of the model
   * @param source of examples
   */
  public StateObjective(StateBlueprint blueprint, Source source) {
    this.blueprint = blueprint;
    this.source = source;
  }

  @Override
  public Layout layout() {
    return blueprint.layout();
  }

  @Override
  public Terms accumulate(Step step) {
    Examples examples = Examples.of(source.batch(step.iteration()).on(step.manager()));
    VectorField field = blueprint.bind(layout().bind(step.weights()));
    NDArray loss = field.velocity(examples.state()).meanSquare(examples.velocity());
    step.backward(loss);
    return Terms.of(numbers -> Map.of("loss", numbers[0]), loss);
  }
}
