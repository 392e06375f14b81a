package hgn.notebook;

import com.google.gson.annotations.SerializedName;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.ReplyType;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * After a failed cell, the cells that already wait behind it ("Run all") are not run. They are told
 * apart from new ones by two signs: sent before the failure, and arriving in one go after it.
 */
final class AbortWindow {
  /** Longer than the message loop's pause between two messages. */
  private static final long GAP_NANOS = 200_000_000L;

  private Instant failedAt = Instant.EPOCH;
  private long until = System.nanoTime();

  void open() {
    failedAt = Instant.now();
    until = System.nanoTime() + GAP_NANOS;
  }

  /** Whether a message of that date, as its header writes it, waited behind the failed one. */
  boolean covers(String sent) {
    if (System.nanoTime() > until || instant(sent).isAfter(failedAt)) {
      return false;
    }
    until = System.nanoTime() + GAP_NANOS;
    return true;
  }

  /** basekernel's own parser refuses the fractions that Jupyter writes. */
  private static Instant instant(String date) {
    try {
      return OffsetDateTime.parse(date).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.MAX; // Of a cell whose age is unknown, assume that it is wanted.
    }
  }

  /** The reply for a cell that was not run. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // basekernel knows no such reply to its type.
  static Message<?> reply(Message<ExecuteRequest> request, int count) {
    return new Message(request, MessageType.EXECUTE_REPLY, new Aborted("aborted", count));
  }

  private record Aborted(String status, @SerializedName("execution_count") int count)
      implements ContentType<Aborted>, ReplyType<ExecuteRequest> {
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public MessageType<Aborted> getType() {
      return (MessageType) MessageType.EXECUTE_REPLY;
    }

    @Override
    public MessageType<ExecuteRequest> getRequestType() {
      return MessageType.EXECUTE_REQUEST;
    }
  }
}
