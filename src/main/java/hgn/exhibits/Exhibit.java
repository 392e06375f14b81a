package hgn.exhibits;

import hgn.report.Figure;
import java.util.function.BiFunction;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/** One figure or table: its name, the notebook that shows it, and how it is made. */
sealed interface Exhibit {

  /** The files' stem. */
  String name();

  /** The notebook that shows it, for example "03". */
  String part();

  /**
   * A figure.
   *
   * @param name the files' stem
   * @param part the notebook
   * @param recipe makes it of that name
   */
  record OfFigure(String name, String part, BiFunction<String, Material, Figure> recipe)
      implements Exhibit {}

  /**
   * A table.
   *
   * @param name the files' stem
   * @param part the notebook
   * @param recipe makes it
   */
  record OfTable(String name, String part, Function<Material, Table> recipe) implements Exhibit {}
}
