package hgn.flows;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Flows one after another.
 *
 * @param flows the first is the first that {@link #forward} applies
 */
public record ComposedFlow(List<Flow> flows) implements Flow {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public ComposedFlow {
    flows = List.copyOf(flows);
    if (flows.isEmpty()) {
      throw new IllegalArgumentException("a flow of no flows, expected at least one");
    }
  }

  @Override
  public Mapped forward(NDArray x) {
    Mapped at = flows.get(0).forward(x);
    for (Flow flow : flows.subList(1, flows.size())) {
      at = then(at, flow.forward(at.value()));
    }
    return at;
  }

  @Override
  public Mapped inverse(NDArray y) {
    int last = flows.size() - 1;
    Mapped at = flows.get(last).inverse(y);
    for (int i = last - 1; i >= 0; i--) {
      at = then(at, flows.get(i).inverse(at.value()));
    }
    return at;
  }

  private static Mapped then(Mapped first, Mapped second) {
    return new Mapped(second.value(), first.logDet().add(second.logDet()));
  }
}
