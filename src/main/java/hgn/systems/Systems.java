package hgn.systems;

import hgn.io.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The systems by name: the paper's four, and those that were added. */
public final class Systems {
  private static final List<PhysicalSystem> PAPER =
      List.of(Oscillator.MASS_SPRING, Oscillator.PENDULUM, NBody.TWO, NBody.THREE);

  private static final Map<String, Added> ADDED = new ConcurrentSkipListMap<>();

  private record Added(PhysicalSystem system, String fingerprint) {}

  private Systems() {}

  /** The paper's four, in its order. */
  public static List<PhysicalSystem> paper() {
    return PAPER;
  }

  /** The paper's four and those that were added. */
  public static List<PhysicalSystem> all() {
    List<PhysicalSystem> all = new ArrayList<>(PAPER);
    ADDED.values().forEach(added -> all.add(added.system()));
    return all;
  }

  /**
   * The system of that name.
   *
   * @param id for example "two-body"
   * @return the system
   * @throws UserError naming the known ones if there is none
   */
  public static PhysicalSystem named(String id) {
    return UserError.lookUp("system", id, all(), PhysicalSystem::id);
  }

  /**
   * Adds a system, so that datasets and experiments find it by its name. Adding the same physics
   * again, as running a cell twice does, is allowed.
   *
   * @param system of the reader's own
   * @return the system
   * @throws UserError if its parts do not fit together (see {@link SystemCheck}), or another system
   *     has its name
   */
  public static PhysicalSystem add(PhysicalSystem system) {
    String id = system.id();
    if (PAPER.contains(system)) {
      return system;
    }
    Added added = new Added(system, SystemCheck.fingerprint(system));
    boolean papers = PAPER.stream().anyMatch(s -> s.id().equals(id));
    Added before = papers ? null : ADDED.putIfAbsent(id, added);
    if (papers || (before != null && !before.fingerprint().equals(added.fingerprint()))) {
      throw UserError.usage(
          "there is another system '%s' already: its energies, start states or pictures differ."
              + " Give yours another id%s",
          id, papers ? "" : ", or restart the kernel to forget the first one");
    }
    ADDED.put(id, added);
    return system;
  }

  /**
   * The key of a system's physics, which datasets of added systems carry.
   *
   * @param id of a known system
   * @return null for the paper's four, whose physics never changes
   */
  public static String fingerprint(String id) {
    Added added = ADDED.get(id);
    return added == null ? null : added.fingerprint();
  }
}
