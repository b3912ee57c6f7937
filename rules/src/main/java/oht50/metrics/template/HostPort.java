package oht50.metrics.template;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** {@code host:port}, taken apart as by Go's {@code net.SplitHostPort}. */
final class HostPort {
  private final String host;
  private final String port;

  private HostPort(String host, String port) {
    this.host = host;
    this.port = port;
  }

  /** Null if a text is not of that form. */
  private static HostPort split(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    String host = text.substring(0, colon);
    boolean isBracketed = text.startsWith("[");
    if (isBracketed) {
      int close = text.indexOf(']');
      if (close < 0 || close + 1 != colon) {
        return null;
      }
      host = text.substring(1, close);
    } else if (host.indexOf(':') >= 0) {
      return null;
    }
    boolean hasBrackets =
        text.indexOf('[', isBracketed ? 1 : 0) >= 0
            || text.indexOf(']', isBracketed ? colon : 0) >= 0;
    return hasBrackets ? null : new HostPort(host, text.substring(colon + 1));
  }

  static String withoutPort(String text) {
    HostPort split = split(text);
    return split == null ? text : split.host;
  }

  /** The first label of a host's name, with the port if there is one; addresses stay. */
  static String withoutDomain(String text) {
    HostPort split = split(text);
    String host = split == null ? text : split.host;
    if (isAddress(host)) {
      return text;
    }
    int dot = host.indexOf('.');
    String name = dot < 0 ? host : host.substring(0, dot);
    if (split == null || split.port.isEmpty()) {
      return name;
    }
    return (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + split.port;
  }

  private static boolean isAddress(String host) {
    if (isIpv4(host)) {
      return true;
    }
    if (host.indexOf(':') < 0 || host.indexOf('%') >= 0 || host.startsWith("[")) {
      return false;
    }
    try {
      // What has a colon is never looked up as a name.
      return InetAddress.getByName(host) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Four numbers up to 255 without zeros before them. */
  private static boolean isIpv4(String host) {
    String[] parts = host.split("\\.", -1);
    boolean isAddress = parts.length == 4;
    for (String part : parts) {
      isAddress &=
          !part.isEmpty()
              && part.length() <= 3
              && part.chars().allMatch(c -> c >= '0' && c <= '9')
              && (part.length() == 1 || part.charAt(0) != '0')
              && Integer.parseInt(part) <= 255;
    }
    return isAddress;
  }
}
