package hgn.bench;

import hgn.models.Architecture;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.nn.Layout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the arithmetic of a training step from the shapes of the weights: a multiplication and an
 * addition for every weight at every place where it is applied. What is element-wise is left out.
 */
final class Arithmetic {
  private static final int LATENT = 4;

  private final HgnBlueprint blueprint;
  private final int batch;

  Arithmetic(HgnBlueprint blueprint, int batch) {
    this.blueprint = blueprint;
    this.batch = batch;
  }

  /**
   * The phases of a step, and the whole under "", in 10⁹ operations.
   *
   * @param decoded frames a sequence that are decoded
   * @param steps of the rollout; of a random subset of frames, the mean of how far it reaches
   */
  Map<String, Double> step(int decoded, double steps) {
    double encode = sum("encoder.") + sum("transform.");
    // The adjoint sweep of an energy's gradient goes through every weight once more. The leapfrog
    // needs one gradient of each energy a step, and one more at the start.
    double rollout = 2 * (steps * sum("kinetic.") + (steps + 1) * sum("potential."));
    double decode = decoded * sum("decoder.");
    // Backward a layer costs two of itself: one for its input, one for its weights. The frames that
    // the first layer sees need no gradient.
    double backward = 2 * (encode + rollout + decode) - sum("encoder.0.");
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put("", encode + rollout + decode + backward);
    phases.put("encode", encode);
    phases.put("rollout", rollout);
    phases.put("decode", decode);
    phases.put("backward", backward);
    return phases;
  }

  private double sum(String prefix) {
    return blueprint.layout().slots().stream()
            .filter(slot -> slot.name().startsWith(prefix) && slot.shape().dimension() > 1)
            .mapToDouble(slot -> 2.0 * batch * places(slot) * slot.size())
            .sum()
        / 1e9;
  }

  /** Places of one sequence, or of one frame in the decoder, that a weight is applied at. */
  private double places(Layout.Slot slot) {
    HgnSpec spec = blueprint.spec();
    boolean dense = slot.shape().dimension() == 2;
    String[] name = slot.name().split("\\.", -1);
    if (dense) {
      return 1;
    }
    return switch (name[0]) {
      case "decoder" -> name[1].equals("last") ? square(spec.imageSize()) : block(name);
      case "encoder" -> name[1].matches("\\d+") ? encoder(Integer.parseInt(name[1])) : cells();
      default -> cells();
    };
  }

  private double block(String... name) {
    int size = (2 * LATENT) << Integer.parseInt(name[1]);
    return switch (name[2]) {
      case "first" -> foldedPlaces(size);
      case "second" -> square(size);
      default -> square(size / 2.0);
    };
  }

  /** Four 2 × 2 kernels over one more row and column than the small image has, for 3 × 3 each. */
  static double foldedPlaces(int size) {
    return 4 * 4 / 9.0 * square(size / 2 + 1);
  }

  /** Places of the encoder's layer, which halves the image: see {@link HgnBlueprint}. */
  private double encoder(int layer) {
    int size = blueprint.spec().imageSize();
    if (blueprint.spec().architecture() == Architecture.COMPACT) {
      return square(size >> (layer + 1));
    }
    int halvings = size == 32 ? (layer + 1) / 2 : 1 + (layer + 1) / 2;
    return square(Math.max(LATENT, size >> halvings));
  }

  private static double cells() {
    return square(LATENT);
  }

  private static double square(double x) {
    return x * x;
  }
}
