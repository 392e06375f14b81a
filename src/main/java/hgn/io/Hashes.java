package hgn.io;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256: keys of specs and checksums of contents. */
public final class Hashes {
  private static final int KEY_DIGITS = 16;

  private Hashes() {}

  /**
   * A short key for a spec: the first 16 hexadecimal digits of the SHA-256 of its compact JSON.
   *
   * @param spec a record
   * @return the key
   */
  public static String key(Object spec) {
    return sha256(Json.compact(spec).getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
  }

  /** SHA-256 in hexadecimal. */
  public static String sha256(byte[] bytes) {
    MessageDigest digest = sha256();
    digest.update(bytes);
    return hex(digest);
  }

  /** A SHA-256 to be fed piece by piece. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Value of a digest in hexadecimal. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every bit depends on every bit. */
  public static long mix(long z) {
    long mixed = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
