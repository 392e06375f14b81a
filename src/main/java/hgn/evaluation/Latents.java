package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.flows.Prior;
import hgn.models.Hgn;
import java.util.SplittableRandom;

/** A density over an HGN's z that films are dreamt from. */
@FunctionalInterface
public interface Latents {

  /** The prior that an HGN is trained with, N(0, I). */
  static Latents normal(Hgn model) {
    return (manager, count, random) -> {
      Shape shape = new Shape(count).addAll(model.latentShape());
      return manager.create(Prior.NORMAL.sample(random, (int) shape.size()), shape);
    };
  }

  /**
   * Independent draws.
   *
   * @param manager owner of the result
   * @param count how many
   * @param random whence
   * @return z, [count, …]
   */
  NDArray draw(NDManager manager, int count, SplittableRandom random);
}
