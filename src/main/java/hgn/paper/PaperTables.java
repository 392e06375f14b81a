package hgn.paper;

import hgn.results.PaperScore;
import java.util.Map;

/** Tables 1 and 2 of the paper, × 1e4 as printed: train and test of each. */
final class PaperTables {
  private static final double SCALE = 1e-4;

  /** The paper's "N/A": the Hamiltonian had collapsed to 0. */
  private static final double[] NOT_GIVEN = {Double.NaN, Double.NaN};

  /** Per model: mass-spring, pendulum, two-body, three-body; train and test MSE of each. */
  private static final Map<String, double[][]> TABLE_1 =
      Map.of(
          Model.HGN_EULER.id(),
          new double[][] {{3.67, 6.20}, {5.43, 10.93}, {6.62, 15.06}, {7.51, 9.40}},
          Model.HGN_DETERM.id(),
          new double[][] {{0.23, 3.07}, {0.79, 10.68}, {2.34, 14.47}, {4.10, 5.17}},
          Model.HGN_NO_FPSI.id(),
          new double[][] {{4.95, 7.04}, {6.83, 13.98}, {6.35, 16.49}, {8.37, 10.41}},
          Model.HGN_LEAPFROG.id(),
          new double[][] {{3.84, 6.23}, {4.90, 11.72}, {6.36, 16.47}, {7.88, 9.80}},
          Model.HNN.id(),
          new double[][] {{50.38, 104.37}, {69.39, 64.62}, {80.52, 78.90}, {61.63, 57.54}},
          Model.HNN_CONV.id(),
          new double[][] {{18.97, 119.09}, {13.14, 106.07}, {7.30, 120.71}, {15.22, 62.77}});

  private static final Map<String, double[][]> TABLE_2 =
      Map.of(
          Model.HGN_EULER.id(),
          new double[][] {{157.28, 120.16}, {135.53, 19.53}, {405.83, 682.02}, {1.18, 8.36}},
          Model.HGN_DETERM.id(),
          new double[][] {{0.08, 0.09}, {0.03, 0.02}, {0.03, 0.05}, {3.08, 0.22}},
          Model.HGN_NO_FPSI.id(),
          new double[][] {{0.02, 0.02}, {0.02, 0.04}, {0.04, 0.02}, {4.03, 1.82}},
          Model.HGN_LEAPFROG.id(),
          new double[][] {{1.38, 0.68}, {3.15, 7.13}, {0.15, 0.45}, {0.31, 1.65}},
          Model.HNN.id(),
          new double[][] {NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, {0.72, 1.43}},
          Model.HNN_CONV.id(),
          new double[][] {NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, {2.17, 28.34}});

  private static final Map<String, Integer> COLUMN =
      Map.of("mass-spring", 0, "pendulum", 1, "two-body", 2, "three-body", 3);

  private PaperTables() {}

  /** The paper's score of a model on a system; NaN throughout where the paper has none. */
  static PaperScore of(Model model, String system) {
    if (!COLUMN.containsKey(system) || !TABLE_1.containsKey(model.id())) {
      return new PaperScore(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double[] mse = TABLE_1.get(model.id())[COLUMN.get(system)];
    double[] variance = TABLE_2.get(model.id())[COLUMN.get(system)];
    return new PaperScore(SCALE * mse[0], SCALE * mse[1], SCALE * variance[0], SCALE * variance[1]);
  }
}
