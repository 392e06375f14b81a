package hgn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Own systems and integrators as a reader writes them: lambdas, and classes in a cell. */
class OwnPhysicsTest {

  @Test
  void lambdasAndClassesOfACellAreSystemsAndIntegrators() throws CellException {
    try (Session session = new Session(new Stop())) {
      session.run(
          """
          import ai.djl.ndarray.*;
          import hgn.data.Simulate;
          import hgn.dynamics.*;
          import hgn.paper.*;
          import hgn.systems.*;
          import java.util.random.RandomGenerator;
          """,
          1);
      session.run(
          """
          var potential = ScalarField.of(
              q -> q.square().sum(new int[] {1}).div(2).add(q.prod(new int[] {1})),
              q -> q.add(q.get(":,1:2").concat(q.get(":,0:1"), 1)));
          var energy = new Separable(ScalarField.quadratic(0.5), potential);
          var coupled = PhysicalSystem.of("coupled", energy,
              random -> InitialState.of(random.nextDouble(-1, 1), 0.1, 0, 0),
              View.of(3, 1, 0.4, q -> q.reshape(-1, 1, 2)));
          """,
          2);
      session.run(
          """
          class Twice implements Integrator {
            public String name() { return "twice"; }
            public int order() { return 2; }
            public PhaseState step(Hamiltonian h, PhaseState s, double dt) {
              return Integrators.LEAPFROG.step(h, Integrators.LEAPFROG.step(h, s, dt / 2), dt / 2);
            }
          }
          """,
          3);
      session.run(
          """
          record Free(String id) implements PhysicalSystem {
            public Hamiltonian hamiltonian() { return energy; }
            public InitialState draw(RandomGenerator random, double noise) {
              return InitialState.of(random.nextDouble(), 0, 0, 0);
            }
            public View view() { return View.of(3, 1, 0.4, q -> q.reshape(-1, 1, 2)); }
          }
          """,
          4);
      Object order =
          session.run(
              "IntegratorStudy.of(coupled).orders(List.of(Integrators.LEAPFROG, new"
                  + " Twice())).get(1).measuredOrder()",
              5);
      assertEquals(2, (double) order, 0.1);
      assertEquals(
          301,
          session.run(
              "Simulate.exactly(new Free(\"free\")).rollout(InitialState.of(1, 0, 0, 0), 0.125,"
                  + " 300).t().length",
              6));
      Object name = session.run("Paper.hgn(coupled).within(Budget.SMOKE).name()", 7);
      assertTrue(name.equals("hgn-leapfrog.coupled"), name.toString());
    }
  }
}
