package hgn.flows;

import hgn.io.Records;
import hgn.io.Text;

/**
 * Spec of a normalising flow.
 *
 * @param kind the family
 * @param dimension d
 * @param layers leapfrog steps, or couplings
 * @param shared whether all leapfrog steps follow one Hamiltonian, as in HGN
 * @param fixedKinetic whether K(p) is ½ pᵀM⁻¹p instead of a network
 * @param dt the learned time step's first value; §A.2 does not state it
 * @param hidden units of the two hidden layers; 128 in §A.2
 * @param prior the prior
 */
public record FlowSpec(
    Kind kind,
    int dimension,
    int layers,
    boolean shared,
    boolean fixedKinetic,
    double dt,
    int hidden,
    Prior prior) {
  /** A coupling moves some coordinates by what the others are. */
  public static final int LEAST_COUPLED = 2;

  private static final int PAPER_HIDDEN = 128;
  private static final double FIRST_DT = 0.1;

  /** Families of flows. */
  public enum Kind {
    /** Neural Hamiltonian Flow. */
    NHF,
    /** Affine couplings. */
    RNVP
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public FlowSpec {
    if (dimension < (kind == Kind.RNVP ? LEAST_COUPLED : 1)
        || layers < 1
        || hidden < 1
        || !(dt > 0)) {
      throw new IllegalArgumentException(
          Text.of(
                  "%s of dimension %d, %d layers, %d hidden units, dt %s: expected positive"
                      + " numbers, and",
                  kind, dimension, layers, hidden, dt)
              + " at least two dimensions where they are coupled");
    }
  }

  /** §A.2's NHF: every step its own Hamiltonian, two networks each. */
  public static FlowSpec nhf(int dimension, int steps) {
    return new FlowSpec(
        Kind.NHF, dimension, steps, false, false, FIRST_DT, PAPER_HIDDEN, Prior.NORMAL);
  }

  /** §A.2's RNVP: networks as wide as the leapfrog's. */
  public static FlowSpec rnvp(int dimension, int couplings) {
    return new FlowSpec(
        Kind.RNVP, dimension, couplings, false, false, FIRST_DT, PAPER_HIDDEN, Prior.NORMAL);
  }

  /**
   * Shape in words, for captions: "3 leapfrog steps, networks of 2 × 128 units". The networks are
   * those of an energy's parts, or of a coupling, with two hidden layers each.
   */
  public String words() {
    String one = kind == Kind.NHF ? "leapfrog step" : "coupling";
    return Text.of(
        "%d %s%s%s, networks of 2 × %d units",
        layers,
        layers == 1 ? one : one + "s",
        shared ? " along one Hamiltonian" : "",
        fixedKinetic ? ", quadratic kinetic energy" : "",
        hidden);
  }

  /** The same on another prior. */
  public FlowSpec on(Prior other) {
    return Records.with(this, "prior", other);
  }

  /** The same with another number of hidden units. */
  public FlowSpec withHidden(int units) {
    return Records.with(this, "hidden", units);
  }

  /** One Hamiltonian for all steps. */
  public FlowSpec sharing() {
    return Records.with(this, "shared", true);
  }

  /** K(p) = ½ pᵀM⁻¹p. */
  public FlowSpec withFixedKinetic() {
    return Records.with(this, "fixedKinetic", true);
  }
}
