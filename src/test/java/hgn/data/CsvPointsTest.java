package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvPointsTest {
  private static final double[][] POINTS = {{1.5, -2}, {3, 40}, {0.5, 6}};

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x,y\n1.5,-2\n3,4e1\n.5,6\n",
        "x,y\r\n1.5,-2\r\n3,4e1\r\n.5,6",
        "x,y\r1.5,-2\r3,4e1\r.5,6\r",
        "\ufeffx,y\n1.5,-2\n3,40\n0.5,6\n",
        "\n\nx,y\n\n1.5,-2\n   \n3,40\n\n0.5,6\n\n",
        "x;y\n1,5;-2\n3;40\n,5;6\n",
        "x;y\n1.5;-2\n3;40\n0.5;6\n",
        "x\ty\n1,5\t-2\n3\t40\n0,5\t6\n",
        "x|y\n1.5|-2\n3|40\n0.5|6\n",
        "x y\n1.5 -2\n3   40\n 0.5\t6\n",
        "# x y\n1.5 -2\n3 40\n0.5 6\n",
        "sep=;\nx;y\n1,5;-2\n3;40\n0,5;6\n",
        "\ufeff\"SEP=;\"\r\nx;y\r\n1,5;-2\r\n3;40\r\n0,5;6\r\n",
        "sep=\t\nx\ty\n1,5\t-2\n3\t40\n0,5\t6\n",
        "x,y,\n1.5,-2,\n3,40,\n0.5,6,\n",
        "x,y\n1.5,-2,\n3,40,\n0.5,6,\n",
        "\"x\",\"y, in m\"\n\"1.5\",\"-2\"\n 3 , 40\n+0.5,6\n"
      })
  void whatCanBeReadRightlyIs(String text) throws IOException {
    assertArrayEquals(POINTS, CsvPoints.read(write(text)));
  }

  @Test
  void wideTextIsReadByItsMark() throws IOException {
    Path file = folder.resolve("wide.csv");
    Files.write(file, "\ufeffx,y\n1.5,-2\n3,40\n0.5,6\n".getBytes(StandardCharsets.UTF_16LE));
    assertArrayEquals(POINTS, CsvPoints.read(file));
  }

  @Test
  void oneColumnNeedsNoSeparator() throws IOException {
    assertArrayEquals(new double[][] {{1}, {2}}, CsvPoints.read(write("a length\n1\n2\n")));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          'x,y~1,2~3,four~'                   ! line 3! column 'y': 'four'
          'x,y~1,2~,4~5,6~'                   ! line 3! column 'x': nothing
          'x,y~1,2~NaN,4~'                    ! line 3! 'NaN'
          'x,y~1,2~-inf,4~'                   ! line 3! '-inf'
          'x,y~1,2~1e39,4~'                   ! line 3! '1e39'
          'x,y~1,2~0x1p3,4~'                  ! line 3! '0x1p3'
          'x,y~1,2~1d,4~'                     ! line 3! '1d'
          'x,y~1~3,4~'                        ! line 2! 1 cells
          'x,y~1,2~~~3,4,5~'                  ! line 5! 3 cells
          'x,y~1,5,2,5~'                      ! line 2! semicolons
          'x,y~1,2,,~'                        ! line 2! 4 cells
          'x~1,5~'                            ! line 2! semicolons
          'x,x~1,2~'                          ! line 1! both called 'x'
          '1,2~3,4~5,6~7,8~'                  ! line 1! 'x,y' in front
          '1;2~3;4~'                          ! line 1! 'x,y' in front
          '1.5~2.5~3.5~'                      ! line 1! 'x' in front
          '1 2~3 4~5 6~'                      ! line 1! 'x,y' in front
          'x,0~1,2~'                          ! line 1! '0'
          '$1,$2~1,2~'                        ! line 1! '$1'
          '1.5d0,2.5d1~1,2~'                  ! line 1! '1.5d0'
          '1 234;2~1;2~'                      ! line 1! '1 234'
          '(1+2j),x~1,2~'                     ! line 1! '(1+2j)'
          '−1,−2~1,2~'                        ! line 1! '−1'
          '１,２~1,2~'                        ! line 1! '１'
          '2020-01-01,x~1,2~'                 ! line 1! '2020-01-01'
          'NA,-~1,2~'                         ! line 1! 'NA'
          'sep=;~x;y~1;2~x;3~'                ! line 4! 'x'
          'x&y~1&2~'                          ! line 2! comma, semicolon, tab, bar or blank
          ',x,y~0,1,2~'                       ! line 1! index=False
          'x,,y~0,1,2~'                       ! line 1! column 2 has no name
          'x,y~~1,2~~~abc,2~'                 ! line 6! 'abc'
          '"x~1",y~1,2~abc,2~'                ! line 4! 'abc'
          'x;y~1,5;2~1.5;2~'                  ! line 2! decimal points
          'x;y~1.234,5;2~'                    ! line 2! '1.234,5'
          'x,y~"1,2~3,4~'                     ! quotation! closed
          'x y~1 2~3 4 5~'                    ! line 3! 3 cells
          'x,y~1,2~# note,4~'                 ! line 3! '# note'
          """,
      delimiter = '!',
      quoteCharacter = '§')
  void whatCannotIsRefusedByItsLine(String text, String place, String what) throws IOException {
    Path file = write(text.substring(1, text.lastIndexOf('\'')).replace('~', '\n'));
    UserError error = assertThrows(UserError.class, () -> CsvPoints.read(file));
    assertEquals(4, error.exitCode());
    for (String part : new String[] {"points.csv", place.strip(), what.strip()}) {
      assertTrue(error.getMessage().contains(part), error.getMessage());
    }
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path file = folder.resolve("points.csv");
    for (byte[] bytes :
        new byte[][] {
          {'P', 'K', 3, 4, 0, 0, 1, 2}, "größe\n1\n2\n".getBytes(StandardCharsets.ISO_8859_1)
        }) {
      Files.write(file, bytes);
      UserError error = assertThrows(UserError.class, () -> CsvPoints.read(file));
      assertTrue(error.getMessage().contains("UTF-8"), error.getMessage());
    }
    UserError none = assertThrows(UserError.class, () -> CsvPoints.read(folder.resolve("no.csv")));
    assertEquals(2, none.exitCode());
    UserError here = assertThrows(UserError.class, () -> CsvPoints.read(folder));
    assertTrue(here.getMessage().contains("is a folder"), here.getMessage());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("points.csv"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "x\n",
        "x\n1\n",
        "1,2\n3,4\n5,6\n",
        "x,x\n1,2\n",
        "x,y\n1;2\n3;4\n",
        "x,y\n1,2,3\n",
        "sep=\"\nx,y\n1,2\n3,4\n5,6\n",
        "sep=1\nx,y\n1,2\n3,4\n5,6\n",
        "x;y\n1,5;2.5\n",
        "x\nNaN\n1\n2\n",
        "x\n1e400\n1\n2\n",
        "\"x\n1\n2\n",
        "x,y\n1,2\n,\n3,4\n",
        "x\n1\n1\n1\n",
        "x\nuno\ndos\n",
        "x,y\n\"1,234\",\"2,345\"\n\"3,456\",\"4,567\"\n",
        "x;y\n1,234.5;2\n1,235.5;3\n",
        "x\n\"1,234\"\n\"2,345\"\n\"3,456\"\n",
        "x;y\n1 234;2\n1 235;3\n",
        "x;y\n1'234;2\n1'235;3\n",
        "x,y;\n1,2\n3,4\n5,6\n",
        "# by me\nx,y\n1,2\n3,4\n5,6\n",
        "x\n10%\n20%\n30%\n",
        "x\n\u22121\n\u22122\n\u22123\n",
        "x\n\u0661\n\u0662\n\u0663\n",
        "x\n1e99999999999\n1\n2\n",
        "<html><body>404</body></html>\n",
        "[{\"x\":1},{\"x\":2},{\"x\":3}]\n",
        "PK\u0003\u0004\0"
      })
  void pointsAreNeverHalfUnderstood(String text) throws IOException {
    Path file = write(text);
    UserError error = assertThrows(UserError.class, () -> CsvTarget.read(file));
    assertTrue(error.getMessage().contains("points.csv"), error.getMessage());
    assertTrue(error.getMessage().contains("expected"), error.getMessage());
  }

  @Test
  void marksAtTheThousandsAreLeftOutAndCommentsToo() throws IOException {
    Path file = folder.resolve("points.csv");
    Files.writeString(file, "x,y\n\"1,234\",2\n\"1,235\",3\n\"1,236\",4\n");
    String message = assertThrows(UserError.class, () -> CsvTarget.read(file)).getMessage();
    assertTrue(message.contains("'1,234'") && message.contains("no mark"), message);
    Files.writeString(file, "# by me\nx,y\n1234,2\n1235,3\n1236,4\n");
    message = assertThrows(UserError.class, () -> CsvTarget.read(file)).getMessage();
    assertTrue(message.contains("leave out lines of comment"), message);
    Files.writeString(file, "x,y\n1234,2\n1235,3\n1236,4\n");
    assertTrue(CsvTarget.read(file).tests(null, 1)[0][0] >= 1234);
  }

  /** Names were once compared each with each: a hundred thousand of them took a minute. */
  @Test
  void manyColumnsAreRead() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 20_000; column++) {
        text.append(row == 0 ? "x" + column : column + row).append(',');
      }
      text.append('\n');
    }
    Path file = Files.writeString(folder.resolve("points.csv"), text.toString());
    assertEquals(20_000, CsvTarget.read(file).dimension());
  }
}
