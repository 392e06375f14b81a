package hgn.paper;

import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The paper's experiments by name, and the numbers that it reports. */
public final class Paper {
  /** HGN (leapfrog) on the mass-spring. */
  public static final Experiment MASS_SPRING = hgn("mass-spring");

  /** HGN (leapfrog) on the pendulum. */
  public static final Experiment PENDULUM = hgn("pendulum");

  /** HGN (leapfrog) on two bodies. */
  public static final Experiment TWO_BODY = hgn("two-body");

  /** HGN (leapfrog) on three bodies. */
  public static final Experiment THREE_BODY = hgn("three-body");

  private static final Pattern OWN_FILMS =
      Pattern.compile("([^.]+)\\." + Experiment.FILMS + "(.+?)(\\.predict)?");

  /** The target of Fig 10. */
  private static final String FIGURE_10 = "mixture-4";

  /**
   * The hardest first, in two steps as in the paper, and once in three; then flows whose steps
   * share a Hamiltonian, without one ingredient after the other.
   */
  private static final List<String> DENSITIES =
      List.of(
          "nhf-2.grid-9",
          "nhf-3.grid-9",
          "nhf-2.mixture-8",
          "nhf-2.mixture-4",
          "nhf-2.mixture-2",
          "nhf-2.two-moons",
          "nhf-2.spiral",
          "nhf-3.spiral",
          "nhf-2.checkerboard",
          "nhf-2-elbo.mixture-8",
          "nhf-2-soft-uniform.mixture-4",
          "nhf-2.mixture-4-d6",
          "nhf-2.mixture-2-d1",
          "nhf-4-shared-fixed-kinetic-soft-uniform-elbo.mixture-8",
          "nhf-4-shared-fixed-kinetic-soft-uniform-elbo.mixture-4",
          "nhf-4-fixed-kinetic-soft-uniform-elbo.mixture-4",
          "nhf-4-shared-soft-uniform-elbo.mixture-4",
          "nhf-4-shared-fixed-kinetic-elbo.mixture-4",
          "nhf-4-shared-fixed-kinetic-soft-uniform.mixture-4",
          "nhf-8-shared-fixed-kinetic-soft-uniform-20-elbo.mixture-4");

  private Paper() {}

  /** HGN's successors on every system, at the quick budget. */
  public static List<Experiment> successors() {
    return successors(Systems.paper());
  }

  private static List<Experiment> successors(List<PhysicalSystem> systems) {
    return Model.successors().stream()
        .flatMap(model -> systems.stream().map(system -> hgn(system.id()).of(model)))
        .toList();
  }

  private static Experiment hgn(String system) {
    return new Experiment(
        Model.HGN_LEAPFROG, system, Protocol.RECONSTRUCT, Budget.QUICK, Experiment.DEFAULT_SEED);
  }

  /**
   * HGN (leapfrog) on a system of one's own, at the quick budget: what the paper's have, every
   * study and figure, it has too.
   *
   * @param system which is checked and added to {@link Systems}
   * @throws UserError naming what does not fit together in it, or another system of its name
   */
  public static Experiment hgn(PhysicalSystem system) {
    return hgn(Systems.add(system).id());
  }

  /** Every experiment of the paper, at the quick budget. */
  public static List<Experiment> experiments() {
    return experiments(Systems.paper());
  }

  private static List<Experiment> experiments(List<PhysicalSystem> systems) {
    List<Experiment> all = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (Model model : Model.all()) {
        if (!model.has(protocol)) {
          continue;
        }
        for (PhysicalSystem system : systems) {
          all.add(
              new Experiment(model, system.id(), protocol, Budget.QUICK, Experiment.DEFAULT_SEED));
        }
      }
    }
    return all;
  }

  /**
   * HGN (leapfrog) on every system, with one thing changed at a time, at the quick budget; that is
   * lean already. Then longer PixelHNNs with convolutions.
   */
  public static List<Experiment> variations() {
    List<Experiment> all = new ArrayList<>();
    for (Variation variation : Variation.all()) {
      for (PhysicalSystem system : Systems.paper()) {
        Experiment plain = hgn(system.id());
        if (!variation.equals(Variation.LEAN) && variation.suits(plain.model())) {
          all.add(plain.with(variation));
        }
      }
    }
    Systems.paper().stream()
        .map(system -> hgn(system.id()).of(Model.HNN_CONV).with(Variation.FIVE_TIMES))
        .forEach(all::add);
    return all;
  }

  /**
   * The HGNs of both protocols in the compact architecture, which at the paper's budget is not the
   * default: with the six frames a step that all films share, with two of each film's own, and
   * lean.
   */
  public static List<Experiment> compact() {
    List<Variation> smaller = List.of(Variation.COMPACT, Variation.OWN_FRAMES, Variation.LEAN);
    return experiments().stream()
        .filter(e -> e.model().isHgn())
        .flatMap(e -> smaller.stream().map(e::with))
        .toList();
  }

  /**
   * HGN (leapfrog) on films with noise: on positions, as §A.4 has it and a tenth of it, of every
   * system; on pixels, of the two that move in one dimension.
   */
  public static List<Experiment> noisy() {
    return Variation.noises().stream()
        .flatMap(
            noise ->
                Systems.paper().stream()
                    .filter(s -> !s.hasOrbit() || !noise.id().startsWith("noisy-pixels"))
                    .map(s -> hgn(s.id()).with(noise)))
        .toList();
  }

  /**
   * HGN (leapfrog) on the four systems of §4.
   *
   * @param budget how much to spend on each
   */
  public static List<Experiment> systems(Budget budget) {
    return Systems.paper().stream().map(system -> hgn(system.id()).within(budget)).toList();
  }

  /**
   * The best finished run of a run's model, system and protocol: of those at the paper's length
   * whose weights are here the one of the lowest test error, or the run itself where there is none.
   *
   * @param run at any budget
   * @param sequences of each split that it is shown
   */
  public static Run best(Run run, int sequences) {
    Workspace workspace = Workspace.find();
    Experiment plain = run.experiment().with(Variation.NONE);
    Map<Experiment, Double> errors = new HashMap<>();
    for (Experiment small : compact()) {
      Experiment longer = small.within(Budget.PAPER);
      if (longer.with(Variation.NONE).equals(plain.within(Budget.PAPER))
          && longer.folder(workspace).hasWeights()) {
        longer.cell(workspace).result().ifPresent(r -> errors.put(longer, r.testMse()));
      }
    }
    return errors.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .map(e -> e.getKey().finished(workspace, sequences))
        .orElse(run);
  }

  /**
   * HGN (leapfrog) and its ablations on one system (§4).
   *
   * @param system its id
   * @param budget how much to spend on each
   */
  public static List<Experiment> ablations(String system, Budget budget) {
    Experiment full = hgn(system).within(budget);
    return Model.all().stream().filter(Model::isHgn).map(full::of).toList();
  }

  /**
   * HGN (leapfrog) on one system and the same with a variation each.
   *
   * @param system its id
   * @param budget how much to spend on each
   * @param variations what is changed
   */
  public static List<Experiment> varied(String system, Budget budget, Variation... variations) {
    Experiment plain = hgn(system).within(budget);
    return Stream.concat(Stream.of(plain), Arrays.stream(variations).map(plain::with)).toList();
  }

  /** Whether a name is that of an experiment on films: neither a density's nor one on states. */
  public static boolean seesFilms(String name) {
    return !FlowExperiment.isName(name) && StateExperiment.named(name).isEmpty();
  }

  /**
   * HGN (leapfrog) on films of one's own, at the quick budget.
   *
   * @param path a folder of PNG sequences or an npz archive, see {@link hgn.data.OwnFilms}
   */
  public static Experiment films(String path) {
    return films(Model.HGN_LEAPFROG, path);
  }

  private static Experiment films(Model model, String path) {
    // One name for "films/" and "./films".
    String normal = Path.of(path).normalize().toString().replace('\\', '/');
    return new Experiment(
        model,
        Experiment.FILMS + normal,
        Protocol.RECONSTRUCT,
        Budget.QUICK,
        Experiment.DEFAULT_SEED);
  }

  /**
   * The densities of Fig 9 and of notebooks 07 to 09, then Fig 10's models and seeds, at the quick
   * budget.
   */
  public static List<FlowExperiment> flows() {
    Stream<FlowExperiment> densities = DENSITIES.stream().map(FlowExperiment::named);
    return Stream.concat(densities, FlowStudy.figure10(FIGURE_10, Budget.QUICK).stream())
        .distinct()
        .toList();
  }

  /** Names of the experiments. */
  public static List<String> experimentNames() {
    return experiments().stream().map(Experiment::name).toList();
  }

  /**
   * The experiment of that name, at the quick budget.
   *
   * @param name for example "hgn-leapfrog.mass-spring" or "hgn-determ.pendulum.predict", or
   *     "hgn-leapfrog.films:data/films/lamp" for films of one's own
   * @throws UserError naming the known ones if there is none
   */
  public static Experiment experiment(String name) {
    Matcher own = OWN_FILMS.matcher(name);
    if (own.matches()) {
      Protocol protocol = own.group(3) == null ? Protocol.RECONSTRUCT : Protocol.PREDICT;
      return films(Model.named(own.group(1)), own.group(2)).by(protocol);
    }
    String[] parts = name.split("\\+", 2);
    Experiment plain =
        Stream.concat(experiments(Systems.all()).stream(), successors(Systems.all()).stream())
            .filter(e -> e.name().equals(parts[0]))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    return parts.length == 1 ? plain : plain.with(Variation.named(parts[1]));
  }

  /**
   * The experiment of any kind that has this name, at the quick budget.
   *
   * @param name as {@link #experiment}, {@link FlowExperiment#named} or {@link
   *     StateExperiment#named} takes it
   * @throws UserError naming the known ones if there is none
   */
  public static Trainable trainable(String name) {
    if (FlowExperiment.isName(name)) {
      return FlowExperiment.named(name);
    }
    Optional<StateExperiment> states = StateExperiment.named(name);
    return states.isPresent() ? states.get() : experiment(name);
  }

  private static UserError unknown(String name) {
    return UserError.usage(
        "unknown experiment '%s', expected one of: %s; or of its successors: %s; or"
            + " <model>.<system>+<variation>, with a variation of %s; or hgn-leapfrog.films:<folder"
            + " of PNG sequences, or npz>; or one on states: %s; or a density's, for example"
            + " nhf-2.mixture-4",
        name,
        String.join(", ", experimentNames()),
        successors().stream().map(Experiment::name).collect(Collectors.joining(", ")),
        Stream.of(Variation.all(), Variation.noises())
            .flatMap(List::stream)
            .map(Variation::id)
            .collect(Collectors.joining(", ")),
        StateExperiment.all().stream()
            .map(StateExperiment::name)
            .collect(Collectors.joining(", ")));
  }
}
