package hgn.paper;

import hgn.flows.FlowSpec;
import hgn.flows.Prior;
import hgn.io.UserError;
import java.util.List;

/** The density models of Fig 9 and 10, and the variants of §3.3. */
public enum FlowModel {
  /** RNVP with two couplings. */
  RNVP_2("rnvp-2"),
  /** RNVP with three couplings. */
  RNVP_3("rnvp-3"),
  /** NHF of one leapfrog step. */
  NHF_1("nhf-1"),
  /** NHF of two leapfrog steps: "sufficient for all our examples" (§A.2). */
  NHF_2("nhf-2"),
  /** NHF of three leapfrog steps. */
  NHF_3("nhf-3"),
  /** Two steps along one Hamiltonian. */
  NHF_2_SHARED("nhf-2-shared"),
  /** Two steps with K = ½ pᵀM⁻¹p. */
  NHF_2_FIXED("nhf-2-fixed-kinetic"),
  /** Two steps on the soft-uniform prior of Fig 9. */
  NHF_2_SOFT("nhf-2-soft-uniform"),
  /** Two steps trained as in the paper: one momentum a point. */
  NHF_2_ELBO("nhf-2-elbo");

  private final String id;

  FlowModel(String id) {
    this.id = id;
  }

  /** The name in experiments. */
  public String id() {
    return id;
  }

  /** The five of Fig 10. */
  public static List<FlowModel> figure10() {
    return List.of(RNVP_2, RNVP_3, NHF_1, NHF_2, NHF_3);
  }

  /**
   * The flow in so many dimensions.
   *
   * @param d dimensions of the data
   */
  public FlowSpec spec(int d) {
    return switch (this) {
      case RNVP_2 -> FlowSpec.rnvp(d, 2);
      case RNVP_3 -> FlowSpec.rnvp(d, 3);
      case NHF_1 -> FlowSpec.nhf(d, 1);
      case NHF_2, NHF_2_ELBO -> FlowSpec.nhf(d, 2);
      case NHF_3 -> FlowSpec.nhf(d, 3);
      case NHF_2_SHARED -> FlowSpec.nhf(d, 2).sharing();
      case NHF_2_FIXED -> FlowSpec.nhf(d, 2).withFixedKinetic();
      case NHF_2_SOFT -> FlowSpec.nhf(d, 2).on(Prior.SOFT_UNIFORM);
    };
  }

  /** Smallest number of dimensions that it can learn. */
  int leastDimension() {
    return spec(2).kind() == FlowSpec.Kind.RNVP ? FlowSpec.LEAST_COUPLED : 1;
  }

  /** Whether several momenta a point tighten the bound it is trained for. */
  boolean importanceWeighted() {
    return this != NHF_2_ELBO && spec(2).kind() == FlowSpec.Kind.NHF;
  }

  static FlowModel named(String id) {
    return UserError.lookUp("flow", id, List.of(values()), FlowModel::id);
  }
}
