package oht50.metrics.cli.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The times inside one JSON message. They are changed in the text itself: everything else keeps its
 * spelling, byte for byte, and so does a message that is no JSON.
 */
public final class EventTimes {
  // Also messages that a strict reader refuses have times, and are replayed as they are. The job
  // takes those with comments.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .build();

  private static final Set<String> NAMES =
      Set.of("ts", "timestamp", "time", "last_scan", "estimated_completion", "effective_from");
  // What says when the message happened, rather than when something else did.
  private static final Set<String> PRIMARY = Set.of("ts", "timestamp", "time");

  /** A time at [begin, end) of the text. */
  private record Found(String field, int begin, int end, boolean quoted, Instant time) {}

  private EventTimes() {}

  /** When the message happened: its first timestamp, else its first time of any name. */
  public static Optional<Instant> of(String message) {
    List<Found> found = find(message);
    return found.stream()
        .filter(each -> PRIMARY.contains(each.field()))
        .findFirst()
        .or(() -> found.stream().findFirst())
        .map(Found::time);
  }

  /** The same message with all its times so many minutes later. */
  public static String shift(String message, long minutes) {
    StringBuilder shifted = new StringBuilder();
    int copied = 0;
    for (Found each : find(message)) {
      String text = message.substring(each.begin(), each.end());
      shifted.append(message, copied, each.begin());
      shifted.append(
          each.quoted()
              ? EventTimeText.shiftText(text, minutes)
              : EventTimeText.shiftNumber(text, minutes));
      copied = each.end();
    }
    return shifted.append(message, copied, message.length()).toString();
  }

  private static List<Found> find(String message) {
    List<Found> found = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(message)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String field = parser.currentName();
        if (token.isScalarValue() && field != null && namesTime(field)) {
          add(found, message, parser, token, field.toLowerCase(Locale.ROOT));
        }
      }
    } catch (JsonProcessingException e) {
      // No JSON, or cut off: whatever it is, it is data, and its reader will say so.
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static void add(
      List<Found> found, String message, JsonParser parser, JsonToken token, String field)
      throws IOException {
    String text = parser.getText();
    boolean quoted = token == JsonToken.VALUE_STRING;
    int begin = (int) parser.currentTokenLocation().getCharOffset() + (quoted ? 1 : 0);
    int end = begin + text.length();
    // With escapes inside, the text would not stand there literally; no writer escapes a time.
    if (end > message.length() || !message.startsWith(text, begin)) {
      return;
    }
    Optional<Instant> time = quoted ? EventTimeText.ofText(text) : EventTimeText.ofNumber(text);
    time.ifPresent(instant -> found.add(new Found(field, begin, end, quoted, instant)));
  }

  private static boolean namesTime(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return NAMES.contains(name)
        || name.endsWith("_at")
        || name.endsWith("_time")
        || name.endsWith("_timestamp")
        || name.endsWith("_ts");
  }
}
