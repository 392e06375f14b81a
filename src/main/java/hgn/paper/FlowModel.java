package hgn.paper;

import hgn.flows.FlowSpec;
import hgn.flows.Prior;
import hgn.io.Records;
import hgn.io.UserError;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Density model named by its family, its number of layers and the variants of §3.3, such as {@code
 * nhf-2}, {@code rnvp-3} or {@code nhf-8-shared-fixed-kinetic-soft-uniform-20-elbo}.
 *
 * @param id the name in experiments
 * @param plane the flow in two dimensions
 * @param elbo whether it is trained as in the paper, with one momentum a point
 */
public record FlowModel(String id, FlowSpec plane, boolean elbo) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<kind>nhf|rnvp)-(?<layers>[1-9][0-9]?)(?<shared>-shared)?(?<fixed>-fixed-kinetic)?"
              + "(?<soft>-soft-uniform(-(?<sharpness>[1-9][0-9]?))?)?(?<elbo>-elbo)?");

  /**
   * The model of that name.
   *
   * @param id {@code nhf-<leapfrog steps>} or {@code rnvp-<couplings>}; an NHF's may go on with
   *     {@code -shared} (one Hamiltonian for all steps), {@code -fixed-kinetic} (K = ½ pᵀM⁻¹p) and
   *     end with {@code -elbo} (one momentum a point); before that, either may say {@code
   *     -soft-uniform} (the prior of Fig 9, with {@code -<β>} another sharpness than 5)
   * @throws UserError naming the expected form
   */
  public static FlowModel named(String id) {
    Matcher m = NAME.matcher(id);
    boolean flow = m.matches();
    boolean coupled = flow && m.group("kind").equals("rnvp");
    if (!flow
        || (coupled && Stream.of("shared", "fixed", "elbo").anyMatch(g -> m.group(g) != null))) {
      throw UserError.usage(
          "unknown flow '%s', expected nhf-<steps>, with -shared, -fixed-kinetic, -soft-uniform,"
              + " -elbo in this order where wanted, or rnvp-<couplings>: for example nhf-2-elbo",
          id);
    }
    int layers = Integer.parseInt(m.group("layers"));
    FlowSpec spec = coupled ? FlowSpec.rnvp(2, layers) : FlowSpec.nhf(2, layers);
    if (m.group("shared") != null) {
      spec = spec.sharing();
    }
    if (m.group("fixed") != null) {
      spec = spec.withFixedKinetic();
    }
    if (m.group("soft") != null) {
      String sharpness = m.group("sharpness");
      spec =
          spec.on(
              sharpness == null
                  ? Prior.SOFT_UNIFORM
                  : Records.with(Prior.SOFT_UNIFORM, "sharpness", Double.parseDouble(sharpness)));
    }
    return new FlowModel(id, spec, m.group("elbo") != null);
  }

  /** The five of Fig 10. */
  public static List<FlowModel> figure10() {
    return Stream.of("rnvp-2", "rnvp-3", "nhf-1", "nhf-2", "nhf-3").map(FlowModel::named).toList();
  }

  /**
   * The flow in so many dimensions.
   *
   * @param d dimensions of the data
   */
  public FlowSpec spec(int d) {
    return Records.with(plane, "dimension", d);
  }

  /** Smallest number of dimensions that it can learn. */
  int leastDimension() {
    return plane.kind() == FlowSpec.Kind.RNVP ? FlowSpec.LEAST_COUPLED : 1;
  }

  /** Whether several momenta a point tighten the bound it is trained for. */
  boolean importanceWeighted() {
    return !elbo && plane.kind() == FlowSpec.Kind.NHF;
  }
}
