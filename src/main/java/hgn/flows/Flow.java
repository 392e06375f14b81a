package hgn.flows;

import ai.djl.ndarray.NDArray;

/** An invertible map with the volume it makes: forward from the prior to the data (§3.3). */
public interface Flow {

  /**
   * From the prior's space to the data's.
   *
   * @param x points, [batch, d]
   * @return images and ln |det J| of this map
   */
  Mapped forward(NDArray x);

  /**
   * From the data's space to the prior's.
   *
   * @param y points, [batch, d]
   * @return preimages and ln |det J| of the inverse map
   */
  Mapped inverse(NDArray y);
}
