package oht50.metrics.source.scrape;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The status and headers of an answer of HTTP/1 (RFC 9112).
 *
 * @param headers by name in lower case; of several of one name the last
 */
record ResponseHead(int status, Map<String, String> headers) {
  private static final int MAX_BYTES = 64 << 10;

  /** Of the final answer: interim ones (1xx) are passed over. */
  static ResponseHead read(InputStream in) throws IOException {
    int[] left = {MAX_BYTES};
    ResponseHead head = readOne(in, left);
    while (head.status >= 100 && head.status < 200) {
      head = readOne(in, left);
    }
    return head;
  }

  private static ResponseHead readOne(InputStream in, int[] left) throws IOException {
    int status = status(line(in, left));
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("answered with a header that is none");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new ResponseHead(status, headers);
  }

  private static int status(String line) throws IOException {
    boolean isHttp = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
    for (int i = 9; isHttp && i < 12; i++) {
      isHttp = line.charAt(i) >= '0' && line.charAt(i) <= '9';
    }
    if (!isHttp) {
      throw new IOException("does not answer in HTTP/1");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  /** A line without its end. */
  static String line(InputStream in, int[] bytesLeft) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the answer ends early");
      }
      if (--bytesLeft[0] < 0) {
        throw new IOException("answered with headers of more than " + MAX_BYTES + " bytes");
      }
      line.append((char) b);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  /** The value of a header, or null. */
  String get(String name) {
    return headers.get(name);
  }

  /** The bytes behind the head that are its body. */
  InputStream bodyOf(InputStream in) throws IOException {
    String transfer = get("transfer-encoding");
    if (transfer != null) {
      if (!transfer.toLowerCase(Locale.ROOT).equals("chunked")) {
        throw new IOException("answered in the transfer encoding " + transfer);
      }
      return new BodyStream(in, BodyStream.CHUNKED);
    }
    String length = get("content-length");
    if (length == null) {
      return in; // until the target closes the connection
    }
    try {
      long bytes = Long.parseLong(length);
      if (bytes >= 0) {
        return new BodyStream(in, bytes);
      }
    } catch (NumberFormatException e) {
      throw new IOException("answered with the length '" + length + "'", e);
    }
    throw new IOException("answered with the length '" + length + "'");
  }
}
