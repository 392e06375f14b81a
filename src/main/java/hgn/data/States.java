package hgn.data;

/**
 * The states of one split, row-major [size, frames, dimension] each.
 *
 * <p>float32: the simulation is float64, but a pixel of the frames is 0.1 units wide and a network
 * computes in float32, so half the disk and memory loses nothing.
 */
@SuppressWarnings("ArrayRecordComponent")
record States(int size, float[] q, float[] p, float[] noisyQ, float[] noisyP) {

  static States empty(int size, int row) {
    int length = Math.multiplyExact(size, row);
    return new States(
        size, new float[length], new float[length], new float[length], new float[length]);
  }
}
