package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import hgn.data.Films;
import hgn.data.Split;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.evaluation.HgnEvaluation;
import hgn.io.Json;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.results.Series;
import hgn.training.Compute;
import hgn.training.WeightsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A run of an HGN or a PixelHNN as one npz archive that NumPy opens: weights, rollouts of test
 * films and, if wished, what it was trained on. {@code docs/FILES.md} names every array.
 *
 * @param sequences how many test films are rolled out
 * @param states whether the simulated states of all films go with it
 * @param frames whether that many training and test films go with it
 */
public record NpzExport(int sequences, boolean states, boolean frames) {
  /** Sixteen rollouts, without the data. */
  public static final NpzExport USUAL = new NpzExport(16, false, false);

  private static final int BYTES = 255;

  /**
   * Checks the number.
   *
   * @throws UserError if it is not positive
   */
  public NpzExport {
    if (sequences < 1) {
      throw UserError.usage("%d sequences, expected at least 1", sequences);
    }
  }

  /**
   * File of an export if nothing else is asked for: {@code data/exports/<experiment>-<budget>.npz}.
   */
  public static Path file(Experiment experiment, Workspace workspace) {
    Path run = experiment.folder(workspace).path();
    String name = "%s-%s.npz".formatted(run.getParent().getFileName(), run.getFileName());
    return workspace.root().resolve("data").resolve("exports").resolve(name);
  }

  /**
   * Writes {@link #USUAL} of a run to its {@link #file} in this workspace.
   *
   * @return the file
   */
  public static Path of(Run run) {
    return USUAL.write(run, file(run.experiment(), Workspace.find()));
  }

  /**
   * Writes an archive.
   *
   * @param run finished
   * @param file the archive to make or replace; one that ends in .safetensors gets the weights
   *     alone
   * @return the file
   * @throws UserError if it cannot be written, or states of the user's own films are asked for
   */
  public Path write(Run run, Path file) {
    if (file.toString().endsWith(".safetensors")) {
      String spec = Json.compact(run.result().spec());
      WeightsFile.export(file, run.layout(), run.weights(), spec);
      return file;
    }
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("spec", Tensor.ofText(Json.compact(run.result().spec())));
    arrays.put("result", Tensor.ofText(Json.compact(run.result())));
    WeightsFile.arrays(run.layout(), run.weights())
        .forEach((name, weight) -> arrays.put("weight." + name, weight));
    run.withModel(
        (model, manager) -> {
          rollouts(run, model, manager, arrays);
          return arrays;
        });
    if (states) {
      states("train", run.dataset().train(), arrays);
      states("test", run.dataset().test(), arrays);
    }
    if (frames) {
      arrays.put("train_frames", frames(run.films().train()));
      arrays.put("test_frames", frames(run.films().test()));
    }
    Npz.write(file, arrays);
    return file;
  }

  /** In one go: so many sequences as one looks at. */
  private void rollouts(Run run, FilmModel model, NDManager manager, Map<String, Tensor> arrays) {
    Films films = run.films().test();
    int[] indices = IntStream.range(0, Math.min(sequences, films.size())).toArray();
    int first = run.firstTarget();
    int steps = films.frames() - first - 1;
    NDArray shown = films.frames(manager, indices);
    NDList q = new NDList();
    NDList p = new NDList();
    NDList energy = new NDList();
    NDList pictures = new NDList();
    for (PhaseState state : HgnEvaluation.infer(model, shown, steps)) {
      q.add(state.q());
      p.add(state.p());
      energy.add(model.hamiltonian().energy(state));
      pictures.add(HgnEvaluation.frame(model, state));
    }
    arrays.put("time", new Tensor(Series.times(steps + 1, run.dt()), steps + 1));
    arrays.put("truth", tensor(lastColours(shown.get(new NDIndex(":,{}:", first)))));
    arrays.put("reconstruction", tensor(lastColours(NDArrays.stack(pictures, 1))));
    arrays.put("latent_q", tensor(NDArrays.stack(q, 1)));
    arrays.put("latent_p", tensor(NDArrays.stack(p, 1)));
    arrays.put("energy", tensor(NDArrays.stack(energy, 1)));
    if (films instanceof Split simulated) {
      PhaseState truth = simulated.states(manager, indices);
      arrays.put("state_q", tensor(truth.q().get(new NDIndex(":,{}:", first))));
      arrays.put("state_p", tensor(truth.p().get(new NDIndex(":,{}:", first))));
    }
  }

  private static void states(String name, Split split, Map<String, Tensor> arrays) {
    int[] all = IntStream.range(0, split.size()).toArray();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      PhaseState clean = split.states(manager, all);
      PhaseState noisy = split.noisyStates(manager, all);
      arrays.put(name + "_q", tensor(clean.q()));
      arrays.put(name + "_p", tensor(clean.p()));
      arrays.put(name + "_noisy_q", tensor(noisy.q()));
      arrays.put(name + "_noisy_p", tensor(noisy.p()));
    }
  }

  /** As bytes with the colours last: what {@link hgn.data.OwnFilms} reads. */
  private Tensor frames(Films films) {
    int[] indices = IntStream.range(0, Math.min(sequences, films.size())).toArray();
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      NDArray all = lastColours(films.frames(manager, indices));
      NDArray bytes = Scalars.times(all, BYTES).round().toType(DataType.UINT8, false);
      return new Tensor(bytes.toByteArray(), shape(all));
    }
  }

  /**
   * Writes the films of a dataset or of the user's own as an archive that they can be read from
   * again: the array {@code frames}, uint8 of shape [films, frames, height, width, 3].
   *
   * @param films for example a test set
   * @param file the archive to make or replace; one that ends in .safetensors gets the weights
   *     alone
   * @return the file
   */
  public static Path films(Films films, Path file) {
    NpzExport all = new NpzExport(films.size(), false, true);
    Npz.write(file, Map.of("frames", all.frames(films)));
    return file;
  }

  private static NDArray lastColours(NDArray frames) {
    return frames.transpose(0, 1, 3, 4, 2);
  }

  private static Tensor tensor(NDArray array) {
    return new Tensor(array.toFloatArray(), shape(array));
  }

  private static int[] shape(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
  }
}
