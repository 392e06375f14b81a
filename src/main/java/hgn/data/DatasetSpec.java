package hgn.data;

import hgn.dynamics.Integrators;
import hgn.io.Hashes;
import hgn.io.Records;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.render.RenderSpec;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import hgn.systems.View;
import java.nio.file.Path;
import java.util.Objects;

/**
 * All that decides what a dataset holds.
 *
 * @param system name of the system, see {@link Systems}
 * @param train number of training trajectories
 * @param test number of test trajectories
 * @param steps steps after the initial state: a trajectory has steps + 1 frames
 * @param dt time between frames
 * @param imageSize height and width of a frame, 32 or 64; the stored states do not depend on it
 * @param noise where noise enters
 * @param seed seed of every random number; trajectory i of a split depends on the seed and i alone,
 *     so a smaller set holds the first trajectories of a larger one
 * @param fingerprint key of the physics of a system of the reader's own, see {@link
 *     Systems#fingerprint}; null, and absent in JSON, for the paper's four
 */
public record DatasetSpec(
    String system,
    int train,
    int test,
    int steps,
    double dt,
    int imageSize,
    NoiseSpec noise,
    long seed,
    String fingerprint) {

  /** Number of the law that makes states from a spec: to be raised by whoever changes it. */
  private static final int VERSION = 1;

  /** §A.4: 50 000 training and 10 000 test trajectories. */
  public static final int PAPER_TRAIN = 50_000;

  /** §A.4: 50 000 training and 10 000 test trajectories. */
  public static final int PAPER_TEST = 10_000;

  /** §4: 30 steps, so 31 frames at times 0, 0.125, …, 3.75. */
  public static final int PAPER_STEPS = 30;

  /** §A.1 gives the model's step; the data's is not stated and is taken to be the same. */
  public static final double PAPER_DT = Integrators.PAPER_DT;

  /** Seed of the datasets: the same sequences for every model and seed. Not stated. */
  public static final long SEED = 2020;

  private static final int LARGEST = 1_000_000;

  /** Most steps of a trajectory. */
  static final int LONGEST = 10_000;

  /**
   * Checks the values.
   *
   * @throws UserError naming the value that does not fit
   */
  public DatasetSpec {
    PhysicalSystem physics = Systems.named(system);
    if (!Objects.equals(fingerprint, Systems.fingerprint(system))) {
      throw usage(
          "the physics of '%s' is %s, but the data are of %s: define the system as it was when they were made"
              .formatted(system, Systems.fingerprint(system), fingerprint));
    }
    requireWithin("train", train, 1, LARGEST);
    requireWithin("test", test, 1, LARGEST);
    requireWithin("steps", steps, 1, LONGEST);
    if (!(dt > 0) || Double.isInfinite(dt)) {
      throw usage("dt is %s, expected a positive time".formatted(dt));
    }
    if (imageSize != 32 && imageSize != 64) {
      throw usage(Text.of("imageSize is %d, expected 32 or 64", imageSize));
    }
    if (noise == null) {
      throw usage("noise is missing, expected for example NoiseSpec.defaultFor(system)");
    }
    if (noise.orbit() > 0 && !physics.hasOrbit()) {
      throw usage(
          "orbit noise is %s, but %s has no orbit to perturb: expected 0"
              .formatted(noise.orbit(), system));
    }
    long largestArray = (long) Math.max(train, test) * (steps + 1) * physics.dimension();
    if (largestArray * Float.BYTES > Integer.MAX_VALUE) {
      throw usage(
          Text.of(
              "%d trajectories of %d frames are too many for one array: ask for fewer or shorter"
                  + " ones",
              Math.max(train, test), steps + 1));
    }
  }

  /** A spec with the fingerprint of the system as it is known now. */
  public DatasetSpec(
      String system,
      int train,
      int test,
      int steps,
      double dt,
      int imageSize,
      NoiseSpec noise,
      long seed) {
    this(system, train, test, steps, dt, imageSize, noise, seed, Systems.fingerprint(system));
  }

  /**
   * The paper's steps, time step, image size of 32 and default noise, at a size of one's own.
   *
   * @param system name of the system
   * @param train number of training trajectories
   * @param test number of test trajectories
   * @param seed seed of every random number
   * @return the spec
   */
  public static DatasetSpec of(String system, int train, int test, long seed) {
    NoiseSpec noise = NoiseSpec.defaultFor(Systems.named(system));
    return new DatasetSpec(system, train, test, PAPER_STEPS, PAPER_DT, 32, noise, seed);
  }

  /** The same with other noise. */
  public DatasetSpec withNoise(NoiseSpec other) {
    return Records.with(this, "noise", other);
  }

  /** The same with another image size. */
  public DatasetSpec withImageSize(int size) {
    return Records.with(this, "imageSize", size);
  }

  /** The same with longer or shorter trajectories. */
  public DatasetSpec withSteps(int count) {
    return Records.with(this, "steps", count);
  }

  /**
   * The first sequences of each split: the same ones, for a trajectory depends on the seed and on
   * its own number alone.
   *
   * @param sequences how many of each, where there are as many
   */
  public DatasetSpec first(int sequences) {
    return Records.with(
        this, "train", Math.min(train, sequences), "test", Math.min(test, sequences));
  }

  /** The system itself. */
  public PhysicalSystem physics() {
    return Systems.named(system);
  }

  /** Spec of the renderer that draws its frames. */
  public RenderSpec rendering() {
    View view = physics().view();
    return RenderSpec.of(imageSize, view.halfWidth(), view.discs());
  }

  /**
   * File in which its states are cached. Specs that differ only in what frames look like share the
   * file.
   */
  public Path file(Workspace workspace) {
    return workspace.datasets().resolve("%s-%s.npz".formatted(system, Hashes.key(stored())));
  }

  /** The part that decides the stored states. */
  Stored stored() {
    return new Stored(
        VERSION, system, train, test, steps, dt, noise.states(), noise.orbit(), seed, fingerprint);
  }

  /**
   * Part of a spec that decides the states in an archive: its JSON lies beside them, its hash names
   * the file.
   */
  record Stored(
      int version,
      String system,
      int train,
      int test,
      int steps,
      double dt,
      double stateNoise,
      double orbitNoise,
      long seed,
      String fingerprint) {}

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw usage(Text.of("%s is %d, expected %d to %d", name, value, least, most));
    }
  }

  private static UserError usage(String message) {
    return new UserError(UserError.Kind.USAGE, message);
  }
}
