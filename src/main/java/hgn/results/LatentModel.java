package hgn.results;

import java.util.List;

/**
 * Decoder and energies of a trained HGN with states to start from: what a page needs to run it.
 *
 * @param title name of the experiment
 * @param caption experiment, budget and seed
 * @param size height and width of a frame in pixels
 * @param latent numbers in q, and in p
 * @param dt step between two frames
 * @param integrator id of the model's integrator
 * @param activation of the energies' perceptrons, in lower case
 * @param stiffness of the quadratic beside each energy
 * @param sigmoidInBlocks whether every block of the decoder closes with a sigmoid
 * @param slots names and shapes of the weights, in the order of {@code weights}
 * @param weights bits of float16
 * @param starts states of films and dreams
 * @param cloud states that test films pass through, for axes and background
 * @param planes planes of phase space to look at
 * @param spreadQ standard deviation of each number of q over the cloud
 * @param spreadP the same of p
 * @param energySpread standard deviation of the learned energy over the films
 */
public record LatentModel(
    String title,
    String caption,
    int size,
    int latent,
    double dt,
    String integrator,
    String activation,
    double stiffness,
    boolean sigmoidInBlocks,
    List<Slot> slots,
    short[] weights,
    List<Start> starts,
    List<State> cloud,
    List<Plane> planes,
    double[] spreadQ,
    double[] spreadP,
    double energySpread) {

  /**
   * A named weight.
   *
   * @param name for example "decoder.last.bias"
   * @param shape its shape
   */
  public record Slot(String name, long[] shape) {}

  /**
   * A point of latent phase space.
   *
   * @param q position
   * @param p momentum
   */
  public record State(float[] q, float[] p) {}

  /**
   * A state to start from.
   *
   * @param label for a reader
   * @param state where it starts
   * @param truth the film that it was inferred from; null where it was dreamt
   */
  public record Start(String label, State state, FrameSequence truth) {}

  /**
   * A plane through phase space.
   *
   * @param label for a reader
   * @param xLabel of its first axis
   * @param yLabel of its second axis
   * @param x direction of the first axis, q's part before p's
   * @param y direction of the second axis
   */
  public record Plane(String label, String xLabel, String yLabel, double[] x, double[] y) {}

  /** A source of such a model. */
  @FunctionalInterface
  public interface Source {
    /** The model with states to start from. */
    LatentModel latentModel();
  }
}
