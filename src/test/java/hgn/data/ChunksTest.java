package hgn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How many films and frames a GPU's memory has room for, with memory that is only said. */
class ChunksTest {
  private static final long GIB = 1L << 30;

  @Test
  void aBatchIsDecodedWholeWhereThereIsRoomAndFrameByFrameWhereThereIsNone() {
    assertTrue(Chunks.frames(72 * GIB, 16, 32) >= 31, "§A.5 on a large card");
    assertEquals(1, Chunks.frames(0, 16, 32));
    assertEquals(1, Chunks.frames(GIB / 8, 256, 64));
    assertEquals(Chunks.frames(9 * GIB, 16, 32), Chunks.frames(9 * GIB + GIB / 64, 16, 32));
  }

  @Test
  void moreMemoryNeverMeansFewerAndTwiceTheFilmsHalfTheFrames() {
    int before = 0;
    for (long memory = GIB / 4; memory < 64 * GIB; memory *= 2) {
      int frames = Chunks.frames(memory, 16, 32);
      assertTrue(frames >= before, memory + " bytes");
      assertTrue(frames >= Chunks.frames(memory, 32, 32));
      before = frames;
    }
  }

  @Test
  void filmsThatAreScoredAtOnceFillTheMemory() {
    assertEquals(16, Chunks.films(0, 16, 31, 32));
    assertEquals(1024, Chunks.films(72 * GIB, 16, 31, 32));
    assertTrue(Chunks.films(2 * GIB, 16, 31, 32) > Chunks.films(2 * GIB, 16, 301, 32));
  }
}
