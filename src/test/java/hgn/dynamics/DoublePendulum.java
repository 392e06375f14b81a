package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import hgn.systems.InitialState;
import hgn.systems.PhysicalSystem;
import hgn.systems.View;
import java.util.random.RandomGenerator;

/**
 * Two rods of length 1 with a mass of 1 at the end of each, g = 1, q the angles from the hanging
 * position: H = (p₁² + 2p₂² − 2p₁p₂ cos Δ) / 2(1 + sin² Δ) + 3 − 2 cos q₁ − cos q₂ with Δ = q₁ −
 * q₂. Not separable.
 */
public record DoublePendulum() implements PhysicalSystem {

  @Override
  public String id() {
    return "double-pendulum";
  }

  @Override
  public Hamiltonian hamiltonian() {
    return new Joint(ScalarField.of(DoublePendulum::energy, DoublePendulum::gradient));
  }

  @Override
  public InitialState draw(RandomGenerator random, double orbitNoise) {
    return Sampler.within(1.5, 1.5, 0.5, 0.5).draw(random);
  }

  @Override
  public View view() {
    return View.of(2.5, 2, 0.4, DoublePendulum::bobs).labelled("angle q₁ (rad)", "momentum p₁");
  }

  private static NDArray bobs(NDArray q) {
    NDArray x = q.sin().cumSum(1);
    NDArray y = q.cos().neg().cumSum(1);
    return x.expandDims(2).concat(y.expandDims(2), 2);
  }

  private static NDArray velocity(NDArray s) {
    var part = s.split(4, 1);
    NDArray bend = part.get(0).sub(part.get(1));
    NDArray one = part.get(2).sub(part.get(3).mul(bend.cos()));
    NDArray two = part.get(3).add(part.get(3)).sub(part.get(2).mul(bend.cos()));
    return one.concat(two, 1).div(bend.sin().square().add(1));
  }

  private static NDArray energy(NDArray s) {
    var part = s.split(2, 1);
    NDArray kinetic = Scalars.times(part.get(1).mul(velocity(s)).sum(new int[] {1}), 0.5);
    NDArray height = part.get(0).cos().cumSum(1).sum(new int[] {1});
    return kinetic.sub(height).add(3);
  }

  private static NDArray gradient(NDArray s) {
    var part = s.split(4, 1);
    NDArray velocity = velocity(s);
    NDArray pull = part.get(0).sub(part.get(1)).sin().mul(velocity.prod(new int[] {1}, true));
    NDArray one = Scalars.times(part.get(0).sin(), 2).add(pull);
    return one.concat(part.get(1).sin().sub(pull), 1).concat(velocity, 1);
  }
}
