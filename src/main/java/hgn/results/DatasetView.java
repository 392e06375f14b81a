package hgn.results;

import java.util.List;

/**
 * A dataset to be looked at.
 *
 * @param system the system's id
 * @param title the system's name
 * @param formula its energy
 * @param file where its states are cached
 * @param sample one training sequence
 * @param axes labels of the plane that the paths lie in
 * @param paths trajectories: (q, p) for one degree of freedom, else each body's way in the plane
 * @param starts initial states in the same plane
 * @param meanImageMse what the mean image scores, raw
 * @param paperMeanImageMse what the renderer is calibrated to: the score of the paper's collapsed
 *     HNN, raw
 * @param noiseFloor what noise on rendered positions leaves to a perfect model, raw
 * @param stateNoise standard deviation on stored states
 * @param positionNoise standard deviation on rendered positions
 * @param orbitNoise law of the relative noise on initial velocities: "σ = …" where it is normal, "±
 *     …" where it is uniform, "none"
 */
public record DatasetView(
    String system,
    String title,
    String formula,
    String file,
    FrameSequence sample,
    Axes axes,
    List<Series> paths,
    Series starts,
    double meanImageMse,
    double paperMeanImageMse,
    double noiseFloor,
    double stateNoise,
    double positionNoise,
    String orbitNoise) {

  /** Keeps its own list. */
  public DatasetView {
    paths = List.copyOf(paths);
  }

  /** Whether the paths lie in phase space; else in the plane of the bodies. */
  public boolean phaseSpace() {
    return !paths.isEmpty() && paths.get(0).label().isEmpty();
  }
}
