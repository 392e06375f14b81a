package hgn.paper;

import hgn.evaluation.HnnSteps;
import hgn.io.Workspace;
import hgn.models.Hnn;
import hgn.results.FrameSequence;
import hgn.results.StepFinding;
import hgn.results.TrainingWatch;
import java.util.List;

/**
 * The paper's two baselines on one system: PixelHNN with perceptrons and with HGN's convolutions
 * (§A.3).
 *
 * @param hnn "HNN" in the paper's tables
 * @param conv "HNN (conv)"
 */
public record PixelHnnStudy(Run hnn, Run conv) {

  /**
   * Both, trained in this workspace or loaded from it.
   *
   * @param system id of the physical system
   * @param budget how much to spend
   * @param watch who is told
   */
  public static PixelHnnStudy of(String system, Budget budget, TrainingWatch watch) {
    return of(system, budget, Workspace.find(), watch);
  }

  static PixelHnnStudy of(String system, Budget budget, Workspace workspace, TrainingWatch watch) {
    return new PixelHnnStudy(
        experiment(Model.HNN, system, budget).train(workspace, watch),
        experiment(Model.HNN_CONV, system, budget).train(workspace, watch));
  }

  private static Experiment experiment(Model model, String system, Budget budget) {
    return new Experiment(model, system, Protocol.RECONSTRUCT, budget, Experiment.DEFAULT_SEED);
  }

  /** Caption of a figure of both. */
  public String caption() {
    return hnn.result().caption() + "; " + conv.result().caption();
  }

  /**
   * A test film, and what each model makes of its first two frames.
   *
   * @param index of the test sequence
   */
  public List<FrameSequence> beside(int index) {
    return List.of(
        hnn.rollouts(index).get(0),
        hnn.rollouts(index).get(1).named(Model.HNN.title()),
        conv.rollouts(index).get(1).named(Model.HNN_CONV.title()));
  }

  /**
   * Steps of each model's energy beside the motion that its encoder sees in test films.
   *
   * @param films how many test films
   */
  public List<StepFinding> steps(int films) {
    return List.of(steps(hnn, films), steps(conv, films));
  }

  private static StepFinding steps(Run run, int films) {
    String title = run.experiment().title();
    return run.withModel(
        (model, manager) ->
            HnnSteps.measure(title, (Hnn) model, run.films().test(), films, manager));
  }
}
