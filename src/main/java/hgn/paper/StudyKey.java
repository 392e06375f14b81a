package hgn.paper;

import hgn.io.Hashes;
import hgn.io.Json;
import hgn.results.RunResult;

/** What ties a study to the very result that it was made of. */
final class StudyKey {
  /** Of what is studied: a study of an earlier program is made anew. */
  private static final String VERSION = "3-";

  private StudyKey() {}

  /**
   * The key of a result: the same of one just measured and of one that was read, whose metrics are
   * what JSON makes of them.
   */
  static String of(RunResult result) {
    return VERSION + Hashes.key(Json.parse(Json.compact(result), RunResult.class));
  }
}
