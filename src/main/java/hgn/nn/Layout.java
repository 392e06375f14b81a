package hgn.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import hgn.io.Hashes;
import hgn.io.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Layout of a model's weights in one flat vector.
 *
 * <p>One vector makes a gradient, an optimizer's moments and a checkpoint one array each, and its
 * split into views costs one node in the backward pass.
 */
public final class Layout {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final List<Slot> slots = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int size;

  /**
   * One named weight.
   *
   * @param name unique within the layout, for example "decoder.0.weight"
   * @param shape its shape
   * @param index its place in the order of declaration
   * @param offset where it begins in the flat vector
   * @param init the law of its initial values
   */
  public record Slot(String name, Shape shape, int index, int offset, Init init) {

    /** Number of its values. */
    public int size() {
      return Math.toIntExact(shape.size());
    }
  }

  /** The weights of a layout, as views of one flat vector. */
  public static final class Weights {
    private final List<Slot> slots;
    private final NDList parts;

    private Weights(List<Slot> slots, NDList parts) {
      this.slots = slots;
      this.parts = parts;
    }

    /** The weight of a slot, in the slot's shape. */
    public NDArray get(Slot slot) {
      if (slot.index() >= slots.size() || !slots.get(slot.index()).equals(slot)) {
        throw new IllegalArgumentException("'%s' belongs to another layout".formatted(slot.name()));
      }
      NDArray part = parts.get(slot.index());
      return part.getShape().equals(slot.shape()) ? part : part.reshape(slot.shape());
    }

    /**
     * Gradient that backward passes have added at the {@link #leaves}, flat; 0 where none came.
     *
     * @return [size]
     */
    public NDArray gradient() {
      NDList gradients = new NDList();
      for (NDArray leaf : parts) {
        gradients.add(leaf.getGradient().flatten());
      }
      return NDArrays.concat(gradients, 0);
    }
  }

  /**
   * Declares a weight.
   *
   * @param name unique within the layout
   * @param init the law of its initial values
   * @param shape its shape
   * @return its slot
   * @throws IllegalArgumentException if the name is taken
   */
  public Slot add(String name, Init init, long... shape) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("a weight named '%s' exists already".formatted(name));
    }
    Slot slot = new Slot(name, new Shape(shape), slots.size(), size, init);
    slots.add(slot);
    size = Math.addExact(size, slot.size());
    return slot;
  }

  /** The slots in the order of declaration. */
  public List<Slot> slots() {
    return List.copyOf(slots);
  }

  /** Length of the flat vector. */
  public int size() {
    return size;
  }

  /**
   * Initial values. Each slot draws from its own stream, named by the slot, so that adding one
   * leaves the others as they were.
   *
   * @param seed the seed
   * @return the flat vector
   */
  public float[] initial(long seed) {
    float[] values = new float[size];
    for (Slot slot : slots) {
      slot.init().fill(values, slot.offset(), slot.size(), random(seed, slot));
    }
    return values;
  }

  /**
   * The initial values that PyTorch gives its dense and convolutional layers: weights and biases
   * uniform within ±1/√(inputs), whatever law the slots declare.
   *
   * @param seed the seed
   * @return the flat vector
   * @throws IllegalStateException if a bias follows no weight: its inputs are the weight's
   */
  public float[] customary(long seed) {
    float[] values = new float[size];
    long inputs = 0;
    for (Slot slot : slots) {
      Shape shape = slot.shape();
      inputs = shape.dimension() > 1 ? shape.size() / shape.get(0) : inputs;
      if (inputs == 0) {
        throw new IllegalStateException("'%s' follows no weight".formatted(slot.name()));
      }
      double bound = 1 / Math.sqrt((double) inputs);
      SplittableRandom random = random(seed, slot);
      for (int i = slot.offset(); i < slot.offset() + slot.size(); i++) {
        values[i] = (float) random.nextDouble(-bound, bound);
      }
    }
    return values;
  }

  /**
   * The stream of a slot. The generator itself steps by the golden ratio: seeds that were that far
   * apart would give the same numbers, one place on. So seeds are mixed; all but the first, whose
   * results came before. Mixing leaves 0 where it is, one step before the first seed.
   */
  private static SplittableRandom random(long seed, Slot slot) {
    long mixed = Hashes.mix(seed == 0 ? GOLDEN - 1 : seed * GOLDEN);
    long start = seed == 1 ? GOLDEN : mixed;
    return new SplittableRandom(start + fold(slot.name()));
  }

  /**
   * Views of a flat vector, differentiable with respect to it.
   *
   * @param flat [size], any device and floating type
   * @return the weights
   * @throws IllegalArgumentException if the vector has another length
   */
  public Weights bind(NDArray flat) {
    if (flat.size() != size) {
      throw new IllegalArgumentException(
          Text.of("%d weights given, this model has %d", flat.size(), size));
    }
    long[] cuts = slots.stream().skip(1).mapToLong(Slot::offset).toArray();
    return new Weights(
        List.copyOf(slots), cuts.length == 0 ? new NDList(flat) : flat.split(cuts, 0));
  }

  /**
   * Views of a flat vector, each a leaf of its own: {@link Weights#gradient()} gathers what has
   * arrived at them. Many backward passes then end at the weights they touch, where through {@link
   * #bind} each would add to a gradient of the whole vector.
   *
   * @param flat [size], any device and floating type
   * @return the weights
   * @throws IllegalArgumentException if the vector has another length
   */
  public Weights leaves(NDArray flat) {
    Weights views = bind(flat.stopGradient());
    NDList leaves = new NDList();
    for (Slot slot : slots) {
      NDArray leaf = views.get(slot);
      leaf.setRequiresGradient(true);
      leaves.add(leaf);
    }
    return new Weights(views.slots, leaves);
  }

  /** FNV-1a over the characters: a fixed 64-bit hash, which String.hashCode's 32 bits are not. */
  private static long fold(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
