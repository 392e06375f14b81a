package hgn.results;

/**
 * One step of a PixelHNN beside what its encoder sees: mean squares a latent coordinate, over films
 * and times.
 *
 * @param model what the model is called
 * @param seen of how far the encoded state moves from one pair of frames to the next
 * @param stepped of how far the learned energy's step moves it
 * @param error of the difference of the two
 */
public record StepFinding(String model, double seen, double stepped, double error) {

  /** The error as a share of what is seen: 1 is what standing still scores. */
  public double share() {
    return error / seen;
  }
}
