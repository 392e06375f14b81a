package hgn.paper;

import static hgn.dynamics.Integrators.LEAPFROG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.dynamics.DoublePendulum;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.UserError;
import hgn.results.Convergence;
import hgn.results.Series;
import hgn.results.Substep;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegratorStudyTest {
  private final IntegratorStudy spring = IntegratorStudy.of("mass-spring");

  @ParameterizedTest
  @ValueSource(strings = {"mass-spring", "pendulum"})
  void everyMethodHasItsOrder(String system) {
    for (Convergence c : IntegratorStudy.of(system).orders()) {
      assertEquals(c.declaredOrder(), c.measuredOrder(), 0.1, c.method());
    }
  }

  @Test
  void symmetricMethodsReturn() {
    Map<String, Series> back = byLabel(IntegratorStudy.of("pendulum").returnErrors());
    assertTrue(worst(back.get("leapfrog")) < 1e-12);
    assertTrue(worst(back.get("yoshida4")) < 1e-12);
    assertTrue(worst(back.get("rk4")) > 1e-3);
    assertTrue(worst(back.get("euler")) > 1);
  }

  @Test
  void energyIsBoundedForSymplecticMethodsAndDriftsForOthers() {
    Map<String, Series> errors = byLabel(spring.energyErrors(1000));
    double[] leapfrog = errors.get("leapfrog").y();
    assertEquals(leapfrog[0], leapfrog[leapfrog.length - 1], 0.02 * leapfrog[0]);
    double[] rk4 = errors.get("rk4").y();
    assertEquals(rk4.length, rk4[rk4.length - 1] / rk4[0], 0.1 * rk4.length);
    assertTrue(worst(errors.get("euler")) > 1e3);
  }

  @Test
  void areaIsKeptByTheLeapfrogAndGrowsUnderEuler() {
    for (double ratio : spring.transport(Integrators.LEAPFROG).areaRatio().y()) {
      assertEquals(1, ratio, 1e-10);
    }
    Series euler = spring.transport(Integrators.EULER).areaRatio();
    double perStep = 1 + 4 * Integrators.PAPER_DT * Integrators.PAPER_DT;
    for (int i = 0; i < euler.y().length; i++) {
      assertEquals(Math.pow(perStep, i), euler.y()[i], 1e-10);
    }
  }

  @Test
  void aPatchLongerThanOneClearingIsStillWhole() {
    assertEquals(201, spring.transport(Integrators.LEAPFROG, 0.1, 200).patches().size());
  }

  @Test
  void theUpdatesDrawnAreTheLeapfrogs() {
    List<Substep> updates = spring.leapfrogUpdates();
    assertEquals(
        List.of(true, false, true, true, false, true),
        updates.stream().map(Substep::kick).toList());
    // q + dt · 2 (p − dt/2 · 2q) at q = −0.55, p = 0.65, dt = 0.5
    assertEquals(0.375, updates.get(1).q1(), 1e-15);
    assertEquals(updates.get(0).q0(), updates.get(0).q1());
  }

  @Test
  void ownMethodsAreMeasuredOnEnergiesThatAreNotSeparable() {
    double outer = 1 / (2 - Math.cbrt(2));
    Integrator.Law jump =
        (h, s, dt) -> {
          PhaseState one = Integrators.MIDPOINT.step(h, s, outer * dt);
          PhaseState two = Integrators.MIDPOINT.step(h, one, (1 - 2 * outer) * dt);
          return Integrators.MIDPOINT.step(h, two, outer * dt);
        };
    List<Integrator> methods = List.of(Integrator.of("jump", 4, jump), LEAPFROG);
    List<Convergence> orders =
        IntegratorStudy.of(new DoublePendulum()).from(0.8, 0.8, 0, 0).orders(methods);
    assertEquals(4, orders.get(0).measuredOrder(), 0.1);
    assertEquals(1, orders.get(1).measuredOrder(), 0.1, "not separable");
    assertTrue(spring.transport(Integrator.of("own", 2, LEAPFROG::step)).symplectic());
    assertFalse(spring.transport(Integrator.of("own", 4, Integrators.RK4::step)).symplectic());
  }

  @Test
  void whatCannotBeStudiedIsToldBefore() {
    Integrator lost =
        Integrator.of(
            "lost", 2, (h, s, dt) -> new PhaseState(s.q().div(0).sub(s.q().div(0)), s.p()));
    UserError error = assertThrows(UserError.class, () -> spring.orders(List.of(lost)));
    assertTrue(
        error.getMessage().startsWith("'lost' gives NaN after one step"), error.getMessage());
    Integrator wide =
        Integrator.of(
            "wide",
            2,
            (h, s, dt) -> new PhaseState(s.q().concat(s.q(), 1), s.p().concat(s.p(), 1)));
    error = assertThrows(UserError.class, () -> spring.returnErrors(List.of(wide)));
    assertTrue(
        error.getMessage().contains("of shape (1, 2) of one of shape (1, 1)"), error.getMessage());
    assertThrows(UserError.class, () -> IntegratorStudy.of("two-body").transport(LEAPFROG));
  }

  private static Map<String, Series> byLabel(List<Series> series) {
    return series.stream().collect(Collectors.toMap(Series::label, s -> s));
  }

  private static double worst(Series s) {
    return Arrays.stream(s.y()).max().orElseThrow();
  }
}
