package oht50.metrics.source.kafka;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a CloudEvent says of its message, in headers or around it. It stands in for what the message
 * does not say; for what it does, the attributes are not looked at. Each may be null.
 *
 * @param id with the source, the event's identity
 * @param source what produced it
 * @param subject whom it is about
 * @param type what the message is
 * @param time when it happened, RFC 3339
 */
public record EventAttributes(String id, String source, String subject, String type, String time) {
  static final EventAttributes NONE = new EventAttributes(null, null, null, null, null);

  /** Where rejects of the time are placed: headers are no part of the value. */
  static final String TIME = "ce_time";

  /** A name by itself, or one with a port: no path and no URN. */
  private static final Pattern NAME = Pattern.compile("[\\w.-]+(:\\d{1,5})?");

  /** A source that says that it is a robot. */
  private static final Pattern ROBOT = Pattern.compile("(?:.*/)?robots?/([^/?#]+)");

  /** The robot that the event is about, or null: its subject, else a source that is one. */
  String robot() {
    return subject == null ? robotOfSource() : name(subject);
  }

  private String robotOfSource() {
    Matcher robot = ROBOT.matcher(source == null ? "" : source);
    return robot.matches() ? name(robot.group(1)) : nameOfSource();
  }

  /**
   * The backend or machine that it comes from, or null: a source that is a name, else a subject.
   */
  String instance() {
    String name = nameOfSource();
    return name == null && subject != null ? name(subject) : name;
  }

  private String nameOfSource() {
    return source != null && NAME.matcher(source).matches() ? name(source) : null;
  }

  private static String name(String text) {
    return text.isBlank() || text.length() > Fields.MAX_NAME_LENGTH ? null : text;
  }

  /** What makes it the same event when it is told again, or null. */
  String identity() {
    return id == null || id.isEmpty() ? null : (source == null ? "" : source) + '/' + id;
  }
}
