package hgn.paper;

import com.google.gson.JsonObject;
import hgn.io.Hashes;
import hgn.io.Json;
import hgn.results.RunResult;

/** Key that ties a study to the very result that it was made of. */
final class StudyKey {
  /** Version of what is studied: a study of an earlier program is made anew. */
  private static final String VERSION = "3-";

  private StudyKey() {}

  /**
   * The key of a result: the same of one just measured and of one that was read, whose metrics are
   * what JSON makes of them.
   */
  static String of(RunResult result) {
    RunResult read = Json.parse(Json.compact(result), RunResult.class);
    JsonObject text = Json.parse(Json.compact(read), JsonObject.class);
    // Studies from before results said it belong to results that say it.
    text.remove("kind");
    return VERSION + Hashes.key(text);
  }
}
