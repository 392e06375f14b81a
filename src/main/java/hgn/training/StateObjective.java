package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
  public record Examples(PhaseState state, PhaseState velocity) {}

  /** Where they come from. */
  @FunctionalInterface
  public interface Source {

    /**
     * The examples of one step: a function of the iteration alone.
     *
     * @param manager owner of the result, on the training device
     * @param iteration from 0
     */
    Examples batch(NDManager manager, long iteration);
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
  public Map<String, Double> accumulate(Step step) {
    Examples examples = source.batch(step.manager(), step.iteration());
    VectorField field = blueprint.bind(layout().bind(step.weights()));
    NDArray loss = field.velocity(examples.state()).meanSquare(examples.velocity());
    step.backward(loss);
    return Map.of("loss", HnnObjective.number(loss));
  }
}
