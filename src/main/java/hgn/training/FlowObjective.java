package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.data.Upload;
import hgn.flows.Bounds;
import hgn.flows.DensityModel;
import hgn.flows.FlowBlueprint;
import hgn.nn.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  public Terms accumulate(Step step) {
    DensityModel model = blueprint.bind(layout().bind(step.weights()));
    List<Upload> uploads = new ArrayList<>();
    uploads.add(new Upload(source.draw(step.random(), batch), new Shape(batch, model.dimension())));
    boolean exact = model.noiseDimension() == 0;
    int draws = exact ? 1 : momenta;
    if (!exact) {
      float[] normal = new float[batch * draws * model.noiseDimension()];
      for (int i = 0; i < normal.length; i++) {
        normal[i] = (float) step.random().nextGaussian();
      }
      uploads.add(new Upload(normal, new Shape((long) batch * draws, model.noiseDimension())));
    }
    List<NDArray> sent = Upload.together(step.manager(), uploads);
    NDArray weights = model.logWeight(sent.get(0), sent.get(sent.size() - 1));
    NDArray loss = Bounds.importanceWeighted(weights, draws).mean().neg();
    step.backward(loss);
    return Terms.deciding(
        1,
        numbers -> {
          Map<String, Double> named = new LinkedHashMap<>();
          named.put("loss", numbers[0]);
          named.put("elbo", numbers[1]);
          return named;
        },
        loss,
        weights.mean());
  }
}
