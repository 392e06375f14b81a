package hgn.results;

import java.util.List;

/**
 * Energies of a trained Neural Hamiltonian Flow in the plane: what a page needs to run it.
 *
 * @param title name of the experiment
 * @param caption experiment, budget and seed
 * @param steps leapfrog steps, each along dt·(K + V)
 * @param softUniform whether the prior it was trained on is soft-uniform, else normal
 * @param width σ of the soft-uniform prior
 * @param sharpness β of the soft-uniform prior
 * @param slots names and shapes of the weights, in the order of {@code weights}
 * @param weights bits of float16
 * @param target points of the target, (q₁, q₂) each
 */
public record FlowField(
    String title,
    String caption,
    int steps,
    boolean softUniform,
    double width,
    double sharpness,
    List<LatentModel.Slot> slots,
    short[] weights,
    List<double[]> target) {

  /** Source of such energies. */
  public interface Source {
    /**
     * The energies.
     *
     * @throws hgn.io.UserError if it is another kind of flow
     */
    FlowField flowField();
  }
}
