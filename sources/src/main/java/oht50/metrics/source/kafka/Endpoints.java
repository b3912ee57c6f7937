package oht50.metrics.source.kafka;

import java.util.StringJoiner;

/**
 * Paths of requests as values of the label {@code endpoint}: what names one thing of many becomes
 * {@code {id}}, so that there are as many endpoints as the program has.
 *
 * <ul>
 *   <li>UUIDs, integers, {@code 0x…}
 *   <li>{@code alert…}, {@code safety…}, {@code mission…}, {@code module…} and {@code m} with a
 *       dash or underscore and a digit: {@code alert_1795546200}, {@code m-001}
 *   <li>versions: digits with dots between
 *   <li>the query is dropped, and a path of more than 200 characters is {@code other}
 * </ul>
 */
final class Endpoints {
  private static final String ID = "{id}";
  private static final int LONGEST = 200;
  private static final String[] PREFIXES = {"alert", "safety", "mission", "module", "m"};

  private Endpoints() {}

  static String template(String path) {
    String bare = withoutQuery(path);
    StringJoiner endpoint = new StringJoiner("/");
    for (String segment : bare.split("/", -1)) {
      endpoint.add(isId(segment) ? ID : segment);
    }
    return endpoint.length() > LONGEST ? "other" : endpoint.toString();
  }

  static String withoutQuery(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '?' || path.charAt(i) == '#') {
        return path.substring(0, i);
      }
    }
    return path;
  }

  private static boolean isId(String segment) {
    return isNumber(segment) || isHexadecimal(segment) || isUuid(segment) || isNamedId(segment);
  }

  /** An integer or a version; the API's own versions are {@code v1}. */
  private static boolean isNumber(String segment) {
    int start = segment.startsWith("-") ? 1 : 0;
    if (segment.length() == start || !isDigit(segment.charAt(segment.length() - 1))) {
      return false;
    }
    for (int i = start; i < segment.length(); i++) {
      if (!isDigit(segment.charAt(i)) && (segment.charAt(i) != '.' || i == start)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHexadecimal(String segment) {
    if (segment.length() < 3 || !segment.regionMatches(true, 0, "0x", 0, 2)) {
      return false;
    }
    return isHex(segment, 2, segment.length());
  }

  /** 8-4-4-4-12 hexadecimal digits, or the 32 without dashes. */
  private static boolean isUuid(String segment) {
    if (segment.length() == 32) {
      return isHex(segment, 0, 32);
    }
    return segment.length() == 36
        && isHex(segment, 0, 8)
        && segment.charAt(8) == '-'
        && isHex(segment, 9, 13)
        && segment.charAt(13) == '-'
        && isHex(segment, 14, 18)
        && segment.charAt(18) == '-'
        && isHex(segment, 19, 23)
        && segment.charAt(23) == '-'
        && isHex(segment, 24, 36);
  }

  private static boolean isNamedId(String segment) {
    for (String prefix : PREFIXES) {
      int end = prefix.length();
      if (segment.length() > end
          && segment.regionMatches(true, 0, prefix, 0, end)
          && (segment.charAt(end) == '-' || segment.charAt(end) == '_')) {
        return segment.chars().anyMatch(c -> isDigit((char) c));
      }
    }
    return false;
  }

  private static boolean isHex(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return '0' <= c && c <= '9';
  }
}
