package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesTest {

  private static Table table() {
    return Table.create(
        "Scores",
        StringColumn.create("model", "HGN, ours", "a|b_<c>"),
        IntColumn.create("steps", 1500, 2),
        DoubleColumn.create("mse", 6.2345678, Double.NaN),
        DoubleColumn.create("drift", 1.25e-7, 52));
  }

  @Test
  void text() {
    assertEquals(
        """
        Scores
        model      steps    mse         drift
        ---------  -----  -----  ------------
        HGN, ours   1500  6.235  1.250 × 10⁻⁷
        a|b_<c>        2      –         52.00
        """,
        Tables.text(table()));
  }

  @Test
  void markdown() {
    assertEquals(
        """
        **Scores**

        | model     | steps |   mse |        drift |
        |-----------|------:|------:|-------------:|
        | HGN, ours |  1500 | 6.235 | 1.250 × 10⁻⁷ |
        | a\\|b_<c>  |     2 |     – |        52.00 |
        """,
        Tables.markdown(table()));
  }

  @Test
  void csvKeepsEveryDigit() {
    assertEquals(
        """
        model,steps,mse,drift
        "HGN, ours",1500,6.2345678,1.25E-7
        a|b_<c>,2,,52.0
        """,
        Tables.csv(table()));
  }

  @Test
  void htmlEscapesAndAligns() {
    String html = Tables.html(table());
    assertTrue(html.contains("a|b_&lt;c&gt;"));
    assertTrue(html.contains("text-align:right\">6.235</td>"));
    assertTrue(html.contains("<caption"));
  }

  @Test
  void decimalsAreKeptEvenWhereTheyAddNothing() {
    assertTrue(Tables.text(Tables.decimals(table(), 1, "drift")).contains(" 52.0\n"));
    assertTrue(Tables.text(Tables.decimals(table(), 0, "drift")).contains(" 52\n"));
  }

  @Test
  void saves(@TempDir Path root) throws Exception {
    Tables.save(table(), "scores", new Workspace(root));
    assertEquals(Tables.csv(table()), Files.readString(root.resolve("data/tables/scores.csv")));
    for (String ending : new String[] {"md", "tex", "html"}) {
      assertTrue(Files.size(root.resolve("data/tables/scores." + ending)) > 50);
    }
  }

  @Test
  void numbers() {
    assertEquals("−0.001234", Numbers.significant(-0.0012341, 4));
    assertEquals("1.234 × 10⁵", Numbers.significant(123400, 4));
    assertEquals("0", Numbers.significant(0, 4));
    assertEquals("0.3", Numbers.tick(0.1 + 0.2));
    assertEquals("10⁻⁴", Numbers.decade(1e-4, 1e-5, 1e-2));
    assertEquals("", Numbers.decade(2e-4, 1e-5, 1e-2));
    assertEquals("2·10⁻³", Numbers.decade(0.002, 1e-3, 1e-2));
    assertEquals("10⁰", Numbers.decade(1, 1e-5, 1e3), "one style an axis");
    assertEquals("0.5", Numbers.decade(0.5, 0.3, 5));
    assertEquals("20", Numbers.decade(20, 10, 100));
    assertEquals("", Numbers.decade(30, 10, 100));
    assertEquals("30", Numbers.decade(30, 20, 50));
  }
}
