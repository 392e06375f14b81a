package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {

  @ParameterizedTest
  @CsvSource({"100, 10", "100, 7", "5, 16", "1, 3"})
  void everyEpochShowsEveryItemOnce(int size, int batch) {
    Batches batches = new Batches(1, size, batch);
    int epochs = 4;
    int iterations = (epochs * size + batch - 1) / batch;
    int[] stream =
        IntStream.range(0, iterations).flatMap(i -> Arrays.stream(batches.indices(i))).toArray();
    int[] all = IntStream.range(0, size).toArray();
    for (int e = 0; e < epochs; e++) {
      int[] epoch = Arrays.copyOfRange(stream, e * size, (e + 1) * size);
      Arrays.sort(epoch);
      assertArrayEquals(all, epoch, "epoch " + e);
    }
  }

  @Test
  void aBatchDependsOnItsNumberAlone() {
    Batches walked = new Batches(9, 50, 16);
    int[] expected = null;
    for (int i = 0; i <= 123; i++) {
      expected = walked.indices(i);
    }
    assertArrayEquals(expected, new Batches(9, 50, 16).indices(123));
    assertArrayEquals(walked.indices(2), new Batches(9, 50, 16).indices(2), "and going back");
  }

  @Test
  void epochsAndSeedsDiffer() {
    Batches batches = new Batches(9, 50, 50);
    assertFalse(Arrays.equals(batches.indices(0), batches.indices(1)));
    assertFalse(Arrays.equals(batches.indices(0), new Batches(10, 50, 50).indices(0)));
  }

  @Test
  void everyItemComesFirstEquallyOften() {
    Batches batches = new Batches(3, 5, 5);
    int[] first = new int[5];
    for (int i = 0; i < 5000; i++) {
      first[batches.indices(i)[0]]++;
    }
    for (int count : first) {
      assertEquals(1000, count, 120);
    }
  }

  @Test
  void valuesThatDoNotFitAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> new Batches(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Batches(0, 1, 0));
    Batches batches = new Batches(0, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> batches.indices(-1));
  }
}
