package hgn.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Numbers that lie in Java's memory, and what makes an array of them where they have arrived. A
 * copy to a GPU makes the processor wait for it, however small it is: what a training step needs is
 * sent {@linkplain #together in one piece}.
 *
 * @param values what is sent
 * @param shape of the array that is made of them
 * @param arrange makes it of the values, [n] and float32
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Upload(float[] values, Shape shape, UnaryOperator<NDArray> arrange) {

  /**
   * Every part begins where a vector unit likes to: the arithmetic is then that of an own array.
   */
  private static final int ALIGNED = 16;

  /** Numbers that are the array, row by row. */
  public Upload(float[] values, Shape shape) {
    this(values, shape, sent -> sent.reshape(shape));
  }

  /**
   * The array of these numbers alone.
   *
   * @param manager owner of the result, and of what it is made of
   */
  public NDArray on(NDManager manager) {
    return together(manager, List.of(this)).get(0);
  }

  /**
   * Several arrays by one copy.
   *
   * @param manager owner of the results, and of what they are made of
   * @param uploads what is sent
   * @return the array of each
   */
  public static List<NDArray> together(NDManager manager, List<Upload> uploads) {
    int[] starts = new int[uploads.size() + 1];
    for (int i = 0; i < uploads.size(); i++) {
      int end = Math.addExact(starts[i], uploads.get(i).values().length);
      starts[i + 1] = Math.addExact(end, Math.floorMod(-end, ALIGNED));
    }
    float[] all = uploads.get(0).values();
    if (uploads.size() > 1) {
      all = Arrays.copyOf(all, starts[uploads.size()]);
      for (int i = 1; i < uploads.size(); i++) {
        float[] values = uploads.get(i).values();
        System.arraycopy(values, 0, all, starts[i], values.length);
      }
    }
    NDArray sent = manager.create(all);
    List<NDArray> arrays = new ArrayList<>();
    for (int i = 0; i < uploads.size(); i++) {
      int end = starts[i] + uploads.get(i).values().length;
      NDArray part =
          all.length == end && i == 0 ? sent : sent.get(new NDIndex("{}:{}", starts[i], end));
      arrays.add(uploads.get(i).arrange().apply(part));
    }
    return arrays;
  }
}
