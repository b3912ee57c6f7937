package oht50.metrics.source.kafka;

import java.util.Set;

/**
 * Requests that would change a configuration: those that write, on a path with a segment {@code
 * config}. One is refused as invalid with status 422 or 400; an {@code error_code} of the line, if
 * there is one, has to say so too, because both statuses have other reasons as well.
 */
final class ConfigRequests {
  private static final String SEGMENT = "config";
  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH");
  private static final Set<Integer> REFUSED = Set.of(400, 422);

  /** The two that mean it, and the two that say no more than the status does. */
  private static final Set<String> CODES =
      Set.of("VALIDATION_FAILED", "CONFIG_INVALID", "HTTP_422", "HTTP_400");

  private ConfigRequests() {}

  /**
   * @param request the fields of the request's log line
   */
  static boolean isInvalid(String method, String path, int status, Fields request) {
    if (!REFUSED.contains(status) || !WRITING.contains(method) || place(segments(path)) < 0) {
      return false;
    }
    String code = request.text("error_code");
    return code == null || CODES.contains(code);
  }

  /**
   * The area of a path of configuration: an area that follows {@code config}, else one before it,
   * as in {@code network/ap/config}; else {@code system}.
   */
  static String area(String path) {
    String[] segments = segments(path);
    int config = place(segments);
    if (config + 1 < segments.length && ConfigAreas.isKnown(segments[config + 1])) {
      return Text.word(segments[config + 1]);
    }
    for (int i = config - 1; i >= 0; i--) {
      if (ConfigAreas.isKnown(segments[i])) {
        return Text.word(segments[i]);
      }
    }
    return ConfigAreas.SYSTEM;
  }

  private static String[] segments(String path) {
    return Endpoints.withoutQuery(path).split("/", -1);
  }

  /** Of the segment, or -1. */
  private static int place(String[] segments) {
    for (int i = 0; i < segments.length; i++) {
      if (segments[i].equals(SEGMENT)) {
        return i;
      }
    }
    return -1;
  }
}
