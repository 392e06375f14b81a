package hgn.results;

import hgn.io.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finding on a PixelHNN's collapse, in words, from the numbers that its run stores: so runs of
 * earlier programs are described as new ones are.
 *
 * @param autoencodingMse error of every frame when each is encoded from its own pair
 * @param rolloutMse error of the frames rolled out from the first pair
 * @param meanImageMse what knowing nothing scores
 * @param encodedMotion variance over time of the states that the encoder sees along a film
 * @param rolledMotion variance over time of the states that the learned energy makes of the first
 * @param energySpread variance of the learned energy across films
 */
public record CollapseFinding(
    double autoencodingMse,
    double rolloutMse,
    double meanImageMse,
    double encodedMotion,
    double rolledMotion,
    double energySpread) {

  /** A rollout that moves less than this share of what the encoder sees moving stands still. */
  private static final double STILL = 0.01;

  /**
   * An energy whose deviation from film to film is below 1e-4 is tiny: states one pixel's motion
   * apart differ by more in a latent space of order 1.
   */
  private static final double TINY = 1e-8;

  /** Finding of a finished run; empty where it is of no PixelHNN. */
  public static Optional<CollapseFinding> of(RunResult run) {
    return Metric.ENCODED_MOTION.in(run.metrics()).isPresent()
        ? Optional.of(
            new CollapseFinding(
                run.metric(Metric.AUTOENCODING_MSE),
                run.testMse(),
                run.meanImageMse(),
                run.metric(Metric.ENCODED_MOTION),
                run.metric(Metric.ROLLED_MOTION),
                run.metric(Metric.ENERGY_SPREAD)))
        : Optional.empty();
  }

  /** The finding; empty where nothing has collapsed. */
  public String words() {
    List<String> what = new ArrayList<>();
    // Negated, so that what is no number counts as collapsed.
    if (!(autoencodingMse < RunResult.COLLAPSED * meanImageMse)) {
      what.add("the autoencoder paints the mean image");
    } else if (!(rolloutMse < RunResult.COLLAPSED * meanImageMse)) {
      what.add("single pairs are painted, rollouts are no better than the mean image");
    }
    if (hamiltonianConstant()) {
      what.add(energy());
    }
    return String.join("; ", what);
  }

  /** Whether the learned energy is the same for every film, or rollouts stand still. */
  public boolean hamiltonianConstant() {
    return tiny() || still();
  }

  private boolean tiny() {
    return !(energySpread >= TINY);
  }

  private boolean still() {
    return !(rolledMotion >= STILL * encodedMotion);
  }

  private String energy() {
    double deviation = Math.sqrt(energySpread);
    double motion = rolledMotion / encodedMotion;
    if (!tiny()) {
      return Text.of(
          "rollouts stand still, they move %.2g times as much (in variance) as the encoder sees,"
              + " yet H differs by %.1e across films",
          motion, deviation);
    }
    String format =
        still()
            ? "H is constant: its deviation across films is %.1e, rollouts move %.2g times as much"
                + " (in variance) as the encoder sees"
            : "H is tiny (deviation across films %.1e; its scale is arbitrary), yet rollouts move"
                + " %.2g times as much (in variance) as the encoder sees";
    return Text.of(format, deviation, motion);
  }
}
