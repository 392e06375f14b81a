package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.flows.Bounds;
import hgn.flows.DensityModel;
import hgn.flows.FlowBlueprint;
import hgn.nn.Layout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The negative importance-weighted bound of fresh points, with one momentum the negative ELBO
 * (§3.3, eq. 6); the negative log-likelihood where the density is exact. The mean of the
 * log-weights, "elbo", is logged beside it: the two are the same where there is one weight a point.
 */
public final class FlowObjective implements Objective {
  private final FlowBlueprint blueprint;
  private final PointSource source;
  private final int batch;
  private final int momenta;

  /**
   * An objective.
   *
   * @param blueprint which flow
   * @param source of the points
   * @param batch points a step
   * @param momenta drawn for each point; 1 is the paper's ELBO
   */
  public FlowObjective(FlowBlueprint blueprint, PointSource source, int batch, int momenta) {
    this.blueprint = blueprint;
    this.source = source;
    this.batch = batch;
    this.momenta = momenta;
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
    boolean exact = model.noiseDimension() == 0;
    int draws = exact ? 1 : momenta;
    float[] normal = new float[batch * draws * model.noiseDimension()];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = (float) step.random().nextGaussian();
    }
    NDArray noise =
        exact
            ? x
            : step.manager()
                .create(normal, new Shape((long) batch * draws, model.noiseDimension()));
    NDArray weights = model.logWeight(x, noise);
    NDArray loss = Bounds.importanceWeighted(weights, draws).mean().neg();
    double value = loss.getFloat();
    double elbo = weights.mean().getFloat();
    step.backward(loss);
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put("loss", value);
    terms.put("elbo", elbo);
    return terms;
  }
}
