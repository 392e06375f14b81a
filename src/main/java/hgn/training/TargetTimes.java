package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.data.Permutations;
import hgn.data.Upload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The target frames of a step: the same times for all films, or times of each film's own.
 *
 * @param times at which the rollout's positions are wanted, rising
 * @param own for each decoded frame and film, which of the times it is; empty where all films share
 *     them
 */
record TargetTimes(int[] times, int[][] own) {

  /** No times. */
  static final TargetTimes NONE = new TargetTimes(new int[0], new int[0][]);

  /**
   * Draws a step's targets.
   *
   * @param training how many, and how
   * @param horizon frames 0 … horizon − 1 may be targets
   * @param batch how many films
   * @param random where from
   */
  static TargetTimes drawn(HgnTraining training, int horizon, int batch, RandomGenerator random) {
    int wanted = training.framesPerStep();
    return wanted == 0 || wanted >= horizon || training.draw() == FrameDraw.SHARED
        ? new TargetTimes(shared(wanted, horizon, random), new int[0][])
        : spread(wanted, horizon, batch, random);
  }

  /** A random subset of 0 … horizon − 1 in rising order (selection sampling), or all of them. */
  static int[] shared(int framesPerStep, int horizon, RandomGenerator random) {
    int wanted = framesPerStep == 0 ? horizon : Math.min(horizon, framesPerStep);
    int[] times = new int[wanted];
    int taken = 0;
    for (int time = 0; taken < wanted; time++) {
      if (random.nextInt(horizon - time) < wanted - taken) {
        times[taken++] = time;
      }
    }
    return times;
  }

  /**
   * Stratified: wanted·batch pieces of the horizon, of which the k-th frames of all films have the
   * k-th wanted-th, in random order. Every frame of a film is as likely as any other.
   */
  private static TargetTimes spread(int wanted, int horizon, int batch, RandomGenerator random) {
    int[][] drawn = new int[wanted][batch];
    for (int k = 0; k < wanted; k++) {
      int[] order = Permutations.of(batch, random);
      for (int film = 0; film < batch; film++) {
        double piece = (double) k * batch + order[film] + random.nextDouble();
        drawn[k][film] = Math.min(horizon - 1, (int) (piece / (wanted * batch) * horizon));
      }
    }
    int[] times = Arrays.stream(drawn).flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    for (int[] frame : drawn) {
      Arrays.setAll(frame, film -> Arrays.binarySearch(times, frame[film]));
    }
    return new TargetTimes(times, drawn);
  }

  /** The same of some films. */
  TargetTimes of(int from, int to) {
    return new TargetTimes(
        times,
        Arrays.stream(own).map(frame -> Arrays.copyOfRange(frame, from, to)).toArray(int[][]::new));
  }

  /** Number of frames of a film that are decoded. */
  int decoded() {
    return own.length == 0 ? times.length : own.length;
  }

  /**
   * The frames wanted, one array [films, …] a decoded frame.
   *
   * @param frames [films, frames, …]
   * @param cut which of them is at time 0, and where time runs
   */
  List<NDArray> framesOf(NDArray frames, Cut cut) {
    List<NDArray> targets = new ArrayList<>();
    boolean alike =
        own.length == 0
            && Arrays.stream(cut.direction()).distinct().count() == 1
            && Arrays.stream(cut.state()).distinct().count() == 1;
    for (int k = 0; k < decoded(); k++) {
      if (alike) {
        int frame = cut.state()[0] + cut.direction()[0] * times[k];
        targets.add(frames.get(new NDIndex(":,{}", frame)));
        continue;
      }
      NDList films = new NDList();
      for (int film = 0; film < cut.state().length; film++) {
        int time = times[own.length == 0 ? k : own[k][film]];
        int frame = cut.state()[film] + cut.direction()[film] * time;
        films.add(frames.get(new NDIndex("{},{}", film, frame)));
      }
      targets.add(NDArrays.stack(films));
    }
    return targets;
  }

  /** Numbers of the times that each film has, to be sent to a device: [decoded · films]. */
  Upload sent() {
    return numbers(Arrays.stream(own).flatMapToInt(Arrays::stream).toArray());
  }

  /** Whole numbers, [n]. */
  static Upload numbers(int... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return new Upload(floats, new Shape(floats.length));
  }

  /**
   * The positions to decode, outside any graph.
   *
   * @param positions [films, …] at each of the times
   * @param sent what {@link #sent} gives; unused where all films share the times
   * @return [films, …] for each decoded frame
   */
  List<NDArray> chosen(List<NDArray> positions, NDArray sent) {
    if (own.length == 0) {
      return positions;
    }
    Shape shape = positions.get(0).getShape();
    NDArray all =
        NDArrays.concat(new NDList(positions.toArray(NDArray[]::new)), 0)
            .stopGradient()
            .reshape(times.length * shape.get(0), -1);
    List<NDArray> chosen = new ArrayList<>();
    for (int k = 0; k < own.length; k++) {
      chosen.add(choice(all, sent, k).matMul(all).reshape(shape));
    }
    return chosen;
  }

  /**
   * The adjoint of {@link #chosen}: gradients of the loss with respect to the positions.
   *
   * @param gradients [films, …] for each decoded frame
   * @param sent as there
   * @return [films, …] for each of the times
   */
  List<NDArray> gathered(List<NDArray> gradients, NDArray sent) {
    if (own.length == 0) {
      return gradients;
    }
    Shape shape = gradients.get(0).getShape();
    NDArray sum = null;
    for (int k = 0; k < own.length; k++) {
      NDArray one = gradients.get(k).reshape(shape.get(0), -1);
      NDArray part = choice(one, sent, k).transpose().matMul(one);
      sum = sum == null ? part : sum.add(part);
    }
    Shape each = new Shape(times.length).addAll(shape);
    NDArray perTime = sum.reshape(each);
    List<NDArray> gathered = new ArrayList<>();
    for (int time = 0; time < times.length; time++) {
      gathered.add(perTime.get(time));
    }
    return gathered;
  }

  /** Ones and zeros [films, times·films]: a product with it copies finite numbers, bit for bit. */
  private NDArray choice(NDArray like, NDArray sent, int k) {
    NDManager manager = like.getManager();
    int films = own[k].length;
    NDArray mine = sent.get(new NDIndex("{}:{}", k * films, (k + 1) * films)).reshape(films, 1);
    NDArray whether = manager.arange(0f, times.length, 1f, DataType.FLOAT32).eq(mine);
    NDArray whose = manager.eye(films, films, 0, like.getDataType()).expandDims(1);
    return whether
        .toType(like.getDataType(), false)
        .expandDims(2)
        .mul(whose)
        .reshape(films, (long) times.length * films);
  }
}
