package hgn.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.zeromq.ZFrame;
import org.zeromq.ZMsg;

/**
 * A message of Jupyter's protocol, version 5.3.
 *
 * @param identities the addresses of who sent it or is to get it
 * @param header its id, session, date and type
 * @param parent the header of what it answers; empty if nothing
 * @param content what it says
 */
record Message(List<byte[]> identities, JsonObject header, JsonObject parent, JsonObject content) {
  static final String PROTOCOL = "5.3";

  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);
  private static final int PARTS = 4;

  /** Refusal of bytes that are no message, or not from whom they should be. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason);
    }
  }

  /** An answer to this one. */
  Message answer(String type, JsonObject said) {
    JsonObject made = new JsonObject();
    made.addProperty("msg_id", UUID.randomUUID().toString());
    made.addProperty("username", "kernel");
    made.add("session", header.get("session"));
    // Python reads no finer ones.
    made.addProperty("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
    made.addProperty("msg_type", type);
    made.addProperty("version", PROTOCOL);
    return new Message(identities, made, header, said);
  }

  String type() {
    return header.get("msg_type").getAsString();
  }

  /** Time at which it was sent, by its sender's clock; {@link Instant#MAX} if that is not known. */
  Instant sent() {
    try {
      return OffsetDateTime.parse(header.get("date").getAsString()).toInstant();
    } catch (DateTimeParseException | NullPointerException e) {
      return Instant.MAX;
    }
  }

  /** A text of the content; empty if there is none of that name. */
  String text(String name) {
    return content.has(name) ? content.get(name).getAsString() : "";
  }

  /** A truth value of the content. */
  boolean flag(String name, boolean otherwise) {
    return content.has(name) ? content.get(name).getAsBoolean() : otherwise;
  }

  /** The frames to send. */
  ZMsg frames(Signature signature) {
    List<byte[]> parts = List.of(bytes(header), bytes(parent), EMPTY, bytes(content));
    ZMsg frames = new ZMsg();
    identities.forEach(frames::add);
    frames.add(DELIMITER);
    frames.add(signature.of(parts));
    parts.forEach(frames::add);
    return frames;
  }

  /**
   * A message from its frames.
   *
   * @throws Refused if they are none, or the signature is not that of the connection's key
   */
  static Message of(ZMsg received, Signature signature) throws Refused {
    List<byte[]> frames = received.stream().map(ZFrame::getData).toList();
    int at = 0;
    while (at < frames.size() && !Arrays.equals(frames.get(at), DELIMITER)) {
      at++;
    }
    if (frames.size() < at + 2 + PARTS) {
      throw new Refused("it is no message of Jupyter's");
    }
    List<byte[]> parts = frames.subList(at + 2, at + 2 + PARTS);
    String objection = signature.objection(utf8(frames.get(at + 1)), parts);
    if (!objection.isEmpty()) {
      throw new Refused(objection);
    }
    try {
      Message message =
          new Message(
              frames.subList(0, at), json(parts.get(0)), json(parts.get(1)), json(parts.get(3)));
      message.type();
      return message;
    } catch (RuntimeException e) {
      throw new Refused("it cannot be read (%s)".formatted(e.getMessage()));
    }
  }

  private static JsonObject json(byte[] bytes) {
    return JsonParser.parseString(utf8(bytes)).getAsJsonObject();
  }

  private static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
