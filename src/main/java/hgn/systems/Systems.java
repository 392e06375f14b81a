package hgn.systems;

import hgn.io.UserError;
import java.util.List;
import java.util.stream.Collectors;

/** The paper's four systems by name. */
public final class Systems {
  private static final List<PhysicalSystem> ALL =
      List.of(new MassSpring(), new Pendulum(), NBody.TWO, NBody.THREE);

  private Systems() {}

  /** All of them, in the paper's order. */
  public static List<PhysicalSystem> all() {
    return ALL;
  }

  /**
   * The system of that name.
   *
   * @param id for example "two-body"
   * @return the system
   * @throws UserError naming the known ones if there is none
   */
  public static PhysicalSystem named(String id) {
    return ALL.stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    UserError.Kind.USAGE,
                    "unknown system '%s', expected one of %s"
                        .formatted(
                            id,
                            ALL.stream()
                                .map(PhysicalSystem::id)
                                .collect(Collectors.joining(", ")))));
  }
}
