package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.models.Hgn;
import java.util.SplittableRandom;

/** A density over an HGN's z that films are dreamt from. */
@FunctionalInterface
public interface Latents {

  /** The prior that an HGN is trained with, N(0, I). */
  static Latents normal(Hgn model) {
    return (manager, count, random) -> {
      Shape shape = new Shape(count).addAll(model.latentShape());
      float[] z = new float[(int) shape.size()];
      for (int i = 0; i < z.length; i++) {
        z[i] = (float) random.nextGaussian();
      }
      return manager.create(z, shape);
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
