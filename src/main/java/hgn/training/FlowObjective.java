package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.flows.DensityModel;
import hgn.flows.FlowBlueprint;
import hgn.nn.Layout;
import java.util.Map;

/**
 * The negative ELBO of fresh points (§3.3, eq. 6), or the negative log-likelihood where the density
 * is exact.
 */
public final class FlowObjective implements Objective {
  private final FlowBlueprint blueprint;
  private final PointSource source;
  private final int batch;

  /**
   * An objective.
   *
   * @param blueprint which flow
   * @param source of the points
   * @param batch points a step
   */
  public FlowObjective(FlowBlueprint blueprint, PointSource source, int batch) {
    this.blueprint = blueprint;
    this.source = source;
    this.batch = batch;
  }

  @Override
  public Layout layout() {
    return blueprint.layout();
  }

  @Override
  public Map<String, Double> accumulate(Step step) {
    DensityModel model = blueprint.bind(layout().bind(step.weights()));
    int d = model.dimension();
    NDArray x = step.manager().create(source.draw(step.random(), batch), new Shape(batch, d));
    float[] normal = new float[batch * model.noiseDimension()];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = (float) step.random().nextGaussian();
    }
    NDArray noise =
        normal.length == 0
            ? x
            : step.manager().create(normal, new Shape(batch, model.noiseDimension()));
    NDArray loss = model.logWeight(x, noise).mean().neg();
    double value = loss.getFloat();
    step.backward(loss);
    return Map.of("loss", value);
  }
}
