package hgn.exhibits;

import hgn.data.DatasetSpec;
import hgn.dynamics.Integrators;
import hgn.paper.DatasetStudy;
import hgn.paper.Experiment;
import hgn.paper.FlowRun;
import hgn.paper.FlowStudy;
import hgn.paper.IntegratorStudy;
import hgn.paper.Model;
import hgn.paper.Paper;
import hgn.paper.PixelHnnStudy;
import hgn.paper.Portraits;
import hgn.paper.Protocol;
import hgn.paper.Run;
import hgn.paper.Scoreboard;
import hgn.paper.StateHnnStudy;
import hgn.paper.Variation;
import hgn.report.BaselineTables;
import hgn.report.DatasetFigures;
import hgn.report.Figure;
import hgn.report.Figures;
import hgn.report.FlowFigures;
import hgn.report.FormalismFigures;
import hgn.report.GridFigures;
import hgn.report.GridTables;
import hgn.report.RunFigures;
import hgn.report.RunTables;
import hgn.report.StateFigures;
import hgn.report.Tables;
import hgn.results.FlowCost;
import hgn.results.FrameSequence;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/** All exhibits, a line each. */
final class Catalogue {
  private static final String SPRING = "hgn-leapfrog.mass-spring";
  private static final double HORIZON = DatasetSpec.PAPER_STEPS * DatasetSpec.PAPER_DT;

  /** In the order of the notebooks. */
  static final List<Exhibit> ALL = all();

  private Catalogue() {}

  private static List<Exhibit> all() {
    List<Exhibit> all = new ArrayList<>();
    formalism(all);
    datasets(all);
    network(all);
    ablations(all);
    baselines(all);
    beyond(all);
    flows(all);
    return List.copyOf(all);
  }

  private static void formalism(List<Exhibit> all) {
    Function<Material, String> how = m -> Captions.simulated(m.budget());
    figure(
        all,
        "01",
        "formalism-phase-portraits",
        (name, m) ->
            FormalismFigures.portraits(
                name,
                "Arrows: the flow (q̇, ṗ); orange: trajectories. " + how.apply(m),
                List.of(Portraits.of("mass-spring"), Portraits.of("pendulum"))));
    table(
        all,
        "01",
        "integrator-orders",
        m ->
            Tables.captioned(
                FormalismFigures.orderTable(m.integrators("pendulum").orders()),
                "Pendulum. " + how.apply(m)));
    figure(
        all,
        "01",
        "formalism-orders",
        (name, m) ->
            FormalismFigures.orders(
                name,
                "Pendulum, error at t = 2. " + how.apply(m),
                m.integrators("pendulum").orders()));
    figure(
        all,
        "01",
        "formalism-reversibility",
        (name, m) ->
            FormalismFigures.returns(
                name,
                "Pendulum, dt = 0.125. " + how.apply(m),
                m.integrators("pendulum").returnErrors()));
    figure(all, "01", "formalism-energy", Catalogue::energies);
    figure(
        all,
        "01",
        "fig13a-phase-space-area",
        (name, m) ->
            FormalismFigures.phaseSpaceArea(
                name,
                "Mass-spring, 24 steps of dt = 0.125, every fourth drawn. " + how.apply(m),
                List.of(
                    m.integrators("mass-spring").transport(Integrators.LEAPFROG),
                    m.integrators("mass-spring").transport(Integrators.EULER))));
    figure(
        all,
        "01",
        "fig13b-leapfrog-update",
        (name, m) ->
            FormalismFigures.leapfrog(
                name,
                "Mass-spring, two steps of dt = 0.5. " + how.apply(m),
                m.integrators("mass-spring").leapfrogUpdates()));
  }

  private static Figure energies(String name, Material m) {
    int steps = IntegratorStudy.longRun(m.budget());
    return FormalismFigures.energies(
        name,
        "%d steps of dt = 0.125. %s".formatted(steps, Captions.simulated(m.budget())),
        List.of("Mass-spring", "Pendulum"),
        List.of(
            m.integrators("mass-spring").energyErrors(steps),
            m.integrators("pendulum").energyErrors(steps)));
  }

  private static void datasets(List<Exhibit> all) {
    Function<Material, String> how = m -> Captions.datasets(m.budget());
    figure(
        all,
        "02",
        "fig05-samples",
        (name, m) ->
            DatasetFigures.samples(name, how.apply(m), m.datasets(), DatasetSpec.PAPER_DT));
    figure(
        all,
        "02",
        "fig05-trajectories",
        (name, m) ->
            DatasetFigures.trajectories(
                name, "Grey: 400 initial states. " + how.apply(m), m.datasets()));
    figure(
        all,
        "02",
        "fig05-noise",
        (name, m) ->
            Figures.strip(
                name,
                "Three bodies, one training film, %s budget, seed 0.".formatted(m.budget().id()),
                DatasetStudy.noise("three-body", m.workspace()),
                DatasetSpec.PAPER_DT));
    table(
        all,
        "02",
        "datasets",
        m -> Tables.captioned(DatasetFigures.table(m.datasets()), how.apply(m)));
  }

  private static void network(List<Exhibit> all) {
    figure(
        all,
        "03",
        "fig11-convergence-mass-spring",
        (name, m) -> {
          Run run = m.run(SPRING);
          return RunFigures.convergence(
              name, run.result(), run.errorCurve(), run.divergenceCurve(), run.multiplierCurve());
        });
    table(
        all,
        "03",
        "hgn-leapfrog-mass-spring",
        m -> RunTables.beside(m.run(SPRING).result(), m.run(SPRING).paper()));
    strip(all, "03", "hgn-reconstruction-mass-spring", SPRING, r -> r.reconstructions(3, 4, 5));
    figure(
        all,
        "03",
        "hgn-frame-errors-mass-spring",
        (name, m) ->
            RunFigures.frameErrors(name, m.run(SPRING).result(), m.run(SPRING).frameErrors()));
    strip(all, "03", "fig07-rollouts-mass-spring", SPRING, r -> r.rollouts(4));
    figure(
        all,
        "03",
        "hgn-energy-mass-spring",
        (name, m) ->
            RunFigures.energies(name, m.run(SPRING).result(), m.run(SPRING).energies(6, 300)));
    strip(all, "03", "fig08-samples-mass-spring", SPRING, r -> r.samples(5, 1));
    table(
        all,
        "03",
        "hgn-leapfrog-four-systems",
        m -> scored(GridTables.table1(systems(m)), systems(m)));
    figure(
        all,
        "03",
        "fig06-leapfrog",
        (name, m) ->
            GridFigures.frames(
                name, Captions.scored(systems(m)), systems(m), DatasetSpec.PAPER_DT));
    figure(
        all,
        "03",
        "fig11-convergence",
        (name, m) ->
            GridFigures.convergence(
                name,
                "Error of the training batches. " + Captions.scored(systems(m)),
                Scoreboard.logs(Model.HGN_LEAPFROG, m.budget(), "mse"),
                systems(m)));
    for (String system : List.of("pendulum", "two-body", "three-body")) {
      String run = "hgn-leapfrog." + system;
      strip(all, "03", "fig07-rollouts-" + system, run, r -> r.rollouts(4));
    }
    for (String system : List.of("pendulum", "two-body", "three-body")) {
      String run = "hgn-leapfrog." + system;
      strip(all, "03", "fig08-samples-" + system, run, r -> r.samples(3, 1));
    }
  }

  private static void ablations(List<Exhibit> all) {
    Function<Material, List<ScoredRun>> runs =
        m -> m.scores(Paper.ablations("mass-spring", m.budget()));
    table(
        all,
        "04",
        "ablations-mass-spring",
        m -> scored(GridTables.table1(runs.apply(m)), runs.apply(m)));
    figure(
        all,
        "04",
        "fig06-ablations-mass-spring",
        (name, m) ->
            GridFigures.frames(
                name,
                "Error of each frame. " + Captions.scored(runs.apply(m)),
                runs.apply(m),
                DatasetSpec.PAPER_DT));
    table(
        all,
        "04",
        "ablations-energy-mass-spring",
        m -> scored(GridTables.table2(runs.apply(m)), runs.apply(m)));
    figure(
        all,
        "04",
        "ablations-long-mass-spring",
        (name, m) ->
            GridFigures.longRollouts(name, Captions.scored(runs.apply(m)), runs.apply(m), HORIZON));
    table(
        all,
        "04",
        "ablations-studies-mass-spring",
        m -> scored(GridTables.studies(runs.apply(m)), runs.apply(m)));
    strip(all, "04", "ablation-euler-rollouts", "hgn-euler.mass-spring", r -> r.rollouts(4));
    table(all, "04", "table1", m -> scored(GridTables.table1(m.grid()), m.grid()));
    table(all, "04", "table2", m -> scored(GridTables.table2(m.grid()), m.grid()));
    table(all, "04", "table1-data", m -> scored(GridTables.table1Data(m.grid()), m.grid()));
    figure(
        all,
        "04",
        "fig06-frame-errors",
        (name, m) ->
            GridFigures.frames(name, Captions.scored(m.grid()), m.grid(), DatasetSpec.PAPER_DT));
  }

  private static void baselines(List<Exhibit> all) {
    figure(all, "05", "hnn-states", Catalogue::states);
    table(
        all,
        "05",
        "hnn-states",
        m ->
            Tables.captioned(
                BaselineTables.states(stateResults(m)), Captions.runs(stateResults(m))));
    figure(
        all,
        "05",
        "fig12-convergence-hnn-conv",
        (name, m) -> {
          Run conv = m.pixels("mass-spring").conv();
          return RunFigures.convergence(
              name,
              conv.result(),
              conv.errorCurve(),
              conv.curve("canonical", "canonical coordinates"),
              conv.curve("hamiltonian", "Hamiltonian loss"));
        });
    figure(
        all,
        "05",
        "hnn-rollouts-mass-spring",
        (name, m) -> {
          PixelHnnStudy pixels = m.pixels("mass-spring");
          return Figures.strip(name, pixels.caption(), pixels.beside(4), pixels.hnn().dt());
        });
    figure(
        all,
        "05",
        "hnn-frame-errors-mass-spring",
        (name, m) -> {
          Run conv = m.pixels("mass-spring").conv();
          return RunFigures.frameErrors(name, conv.result(), conv.frameErrors());
        });
    table(all, "05", "hnn-mass-spring", m -> pixels(m.pixels("mass-spring").hnn()));
    table(all, "05", "hnn-conv-mass-spring", m -> pixels(m.pixels("mass-spring").conv()));
  }

  private static Figure states(String name, Material m) {
    return StateFigures.rollouts(
        name,
        "HNN and plain twin from noisy states; training trajectories end at t = 3.75. "
            + Captions.runs(stateResults(m)),
        List.of(m.states("mass-spring").rollouts(6), m.states("two-body").rollouts(6)));
  }

  private static List<RunResult> stateResults(Material m) {
    return Stream.of("mass-spring", "two-body")
        .flatMap(
            system -> {
              StateHnnStudy study = m.states(system);
              return Stream.of(study.hnn().result(), study.twin().result());
            })
        .toList();
  }

  private static Table pixels(Run run) {
    return BaselineTables.pixels(run.result(), run.paper());
  }

  private static void beyond(List<Exhibit> all) {
    table(all, "06", "studies", m -> scored(GridTables.studies(systems(m)), systems(m)));
    figure(
        all,
        "06",
        "long-rollouts",
        (name, m) ->
            GridFigures.longRollouts(name, Captions.scored(systems(m)), systems(m), HORIZON));
    figure(
        all,
        "06",
        "latent-portraits",
        (name, m) ->
            GridFigures.portraits(
                name,
                "A linear map from the latent state. " + Captions.scored(systems(m)),
                systems(m)));
    for (String system : List.of("mass-spring", "pendulum")) {
      String run = "hgn-leapfrog." + system;
      strip(all, "06", "interpolation-" + system, run, r -> r.interpolation(3, 4, 6));
    }
    table(all, "06", "tolerance", Catalogue::tolerance);
    strip(all, "06", "samples-tolerance-40e-4", SPRING + "+tolerance-40e-4", r -> r.samples(3, 1));
    table(
        all,
        "06",
        "protocols-mass-spring",
        m -> {
          Experiment shown = Paper.MASS_SPRING.within(m.budget());
          List<ScoredRun> both = m.scores(List.of(shown, shown.by(Protocol.PREDICT)));
          return scored(GridTables.table1Data(both), both);
        });
    strip(
        all, "06", "predicted-mass-spring", SPRING + ".predict", r -> r.rollouts(4).subList(0, 2));
  }

  private static Table tolerance(Material m) {
    List<ScoredRun> runs =
        m.scores(
            Paper.varied(
                "mass-spring", m.budget(), Variation.TOLERANCE_FIVE, Variation.TOLERANCE_TWENTY));
    return scored(GridTables.variations("GECO's tolerance", runs), runs);
  }

  private static void flows(List<Exhibit> all) {
    List<String> targets = List.of("mixture-4", "two-moons", "grid-9", "checkerboard");
    for (String target : targets) {
      figure(
          all,
          "07",
          "fig09-nhf-" + target,
          (name, m) -> {
            FlowRun run = m.flow("nhf-2." + target);
            return FlowFigures.portrait(name, run.result().caption(), FlowStudy.portrait(run));
          });
    }
    table(
        all,
        "07",
        "nhf-densities",
        m ->
            densities(
                "NHF, two steps",
                targets.stream().map(t -> m.flow("nhf-2." + t).result()).toList()));
    figure(
        all,
        "08",
        "fig10-nhf-against-rnvp",
        (name, m) ->
            FlowFigures.convergence(
                name,
                "Bands: one standard deviation over seeds. "
                    + Captions.runs(FlowStudy.results(m.figure10())),
                FlowStudy.bands(m.figure10())));
    table(
        all,
        "08",
        "fig10-nhf-against-rnvp",
        m -> densities("Fig 10 in numbers", FlowStudy.results(m.figure10())));
    figure(all, "08", "flow-costs", (name, m) -> FlowFigures.costs(name, costCaption(m), costs(m)));
    table(
        all,
        "08",
        "flow-costs",
        m -> Tables.captioned(FlowFigures.costTable(costs(m)), costCaption(m)));
    figure(
        all,
        "09",
        "elbo-against-quadrature",
        (name, m) -> {
          FlowRun run = m.flow("nhf-2.mixture-4");
          return FlowFigures.bounds(name, run.result().caption(), FlowStudy.bounds(run, 64));
        });
    table(
        all,
        "09",
        "elbo-gap",
        m -> densities("Bounds of the test points", List.of(m.flow("nhf-2.mixture-4").result())));
  }

  private static Table densities(String title, List<RunResult> runs) {
    return Tables.captioned(FlowFigures.results(title, runs), Captions.runs(runs));
  }

  private static List<FlowCost> costs(Material m) {
    return m.once("flow costs", () -> FlowStudy.costs(m.budget()));
  }

  private static String costCaption(Material m) {
    return "Fresh weights (seed 1), batches of 256, one thread, measured on this machine; %s budget."
        .formatted(m.budget().id());
  }

  private static List<ScoredRun> systems(Material m) {
    return m.scores(Paper.systems(m.budget()));
  }

  private static Table scored(Table table, List<ScoredRun> runs) {
    return Tables.captioned(table, Captions.scored(runs));
  }

  private static void strip(
      List<Exhibit> all,
      String part,
      String name,
      String experiment,
      Function<Run, List<FrameSequence>> films) {
    figure(
        all,
        part,
        name,
        (stem, m) -> {
          Run run = m.run(experiment);
          return Figures.strip(stem, run.result().caption(), films.apply(run), run.dt());
        });
  }

  private static void figure(
      List<Exhibit> all, String part, String name, BiFunction<String, Material, Figure> recipe) {
    all.add(new Exhibit.OfFigure(name, part, recipe));
  }

  private static void table(
      List<Exhibit> all, String part, String name, Function<Material, Table> recipe) {
    all.add(new Exhibit.OfTable(name, part, recipe));
  }
}
