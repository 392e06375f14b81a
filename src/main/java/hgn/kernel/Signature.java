package hgn.kernel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures of Jupyter messages: HMAC of their four parts, each valid once. */
final class Signature {
  /** As many as jupyter_client remembers. */
  private static final int REMEMBERED = 1 << 16;

  private final Mac mac;
  private final Set<String> seen = new LinkedHashSet<>();

  /**
   * Signatures with a key.
   *
   * @param scheme for example "hmac-sha256"
   * @param key the connection file's; empty for none, then every message is believed
   * @throws GeneralSecurityException if the scheme is unknown
   */
  Signature(String scheme, String key) throws GeneralSecurityException {
    if (key.isEmpty()) {
      mac = null;
      return;
    }
    mac = Mac.getInstance(scheme.replace("-", ""));
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
  }

  synchronized String of(List<byte[]> parts) {
    if (mac == null) {
      return "";
    }
    parts.forEach(mac::update);
    return HexFormat.of().formatHex(mac.doFinal());
  }

  /** Objection to a message's signature; empty if it is believed. */
  synchronized String objection(String signature, List<byte[]> parts) {
    if (mac == null) {
      return "";
    }
    byte[] expected = of(parts).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
      return "its signature does not fit";
    }
    if (!seen.add(signature)) {
      return "it was received before";
    }
    if (seen.size() > REMEMBERED) {
      seen.remove(seen.iterator().next());
    }
    return "";
  }
}
