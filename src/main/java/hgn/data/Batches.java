package hgn.data;

import hgn.data.Streams.Use;
import hgn.io.Text;

/**
 * Shuffled mini-batches as a pure function of the iteration: a resumed run sees the same batches
 * without anything having been saved.
 *
 * <p>The batches cut an endless stream of epochs, each a permutation of all items made from the
 * seed and the epoch's number. So every epoch shows every item once, every batch is full, and one
 * that crosses from an epoch into the next may hold an item twice.
 */
public final class Batches {
  private final long seed;
  private final int size;
  private final int batch;
  // A memo of the permutation last used. Racing threads compute the same one.
  private volatile Epoch last;

  private record Epoch(long number, int[] order) {}

  /**
   * An order.
   *
   * @param seed decides the permutations
   * @param size number of items
   * @param batch items in a batch; may exceed size
   * @throws IllegalArgumentException if size or batch is not positive
   */
  public Batches(long seed, int size, int batch) {
    if (size < 1 || batch < 1) {
      throw new IllegalArgumentException(
          Text.of("batches of %d from %d items, expected at least 1 each", batch, size));
    }
    this.seed = seed;
    this.size = size;
    this.batch = batch;
  }

  /**
   * The items of one batch.
   *
   * @param iteration number of the training step, from 0
   * @return their indices, as many as the batch's size
   * @throws IllegalArgumentException if iteration is negative
   */
  public int[] indices(long iteration) {
    if (iteration < 0) {
      throw new IllegalArgumentException(Text.of("iteration is %d, expected 0 or more", iteration));
    }
    long first = Math.multiplyExact(iteration, batch);
    int[] indices = new int[batch];
    for (int i = 0; i < batch; i++) {
      long position = first + i;
      indices[i] = order(position / size)[(int) (position % size)];
    }
    return indices;
  }

  private int[] order(long epoch) {
    Epoch known = last;
    if (known == null || known.number() != epoch) {
      known = new Epoch(epoch, shuffled(epoch));
      last = known;
    }
    return known.order();
  }

  private int[] shuffled(long epoch) {
    return Permutations.of(size, Streams.stream(seed, Use.ORDER, 0, epoch));
  }
}
