package hgn.report;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Builder of a table from its columns: a row an item, a line of code a column.
 *
 * @param <T> what a row is made from
 */
final class TableBuilder<T> {
  private final List<T> items;
  private final Table table;

  /**
   * An empty table.
   *
   * @param title of the table; empty for none
   * @param items an item a row
   */
  TableBuilder(String title, Collection<? extends T> items) {
    this.items = List.copyOf(items);
    table = Table.create(title);
  }

  /** Adds a column of texts. */
  TableBuilder<T> text(String name, Function<? super T, String> value) {
    table.addColumns(StringColumn.create(name, items.stream().map(value)));
    return this;
  }

  /** Adds a column of whole numbers. */
  TableBuilder<T> whole(String name, ToLongFunction<? super T> value) {
    table.addColumns(LongColumn.create(name, items.stream().mapToLong(value).toArray()));
    return this;
  }

  /** Adds a column of numbers, shown at four significant digits; NaN is shown as missing. */
  TableBuilder<T> number(String name, ToDoubleFunction<? super T> value) {
    table.addColumns(DoubleColumn.create(name, items.stream().mapToDouble(value).toArray()));
    return this;
  }

  /** Adds a column of numbers that show so many decimals; NaN is shown as missing. */
  TableBuilder<T> number(String name, int decimals, ToDoubleFunction<? super T> value) {
    number(name, value);
    Tables.decimals(table, decimals, name);
    return this;
  }

  /** The table. */
  Table table() {
    return table;
  }
}
