package oht50.metrics.source.scrape;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import oht50.metrics.source.exposition.ExpositionFormat;

/**
 * Asks targets for their pages: a GET of HTTP/1.1 over a connection of its own, without redirects.
 * The name is resolved once, and the connection is made to the very address that was checked, which
 * Java's own clients leave no way to do; certificates are checked against the name.
 */
final class PageClient {
  private static final int FIRST_BUFFER = 64 << 10;

  private final AddressRules rules;
  private final Resolver resolver;
  private final SSLSocketFactory encryption;
  private final LongSupplier nanoClock;

  PageClient(
      AddressRules rules, Resolver resolver, SSLSocketFactory encryption, LongSupplier nanoClock) {
    this.rules = rules;
    this.resolver = resolver;
    this.encryption = encryption;
    this.nanoClock = nanoClock;
  }

  /**
   * The page, unpacked.
   *
   * @throws PageTooLarge if it has more bytes than the target may send
   * @throws IOException if there is none within the target's timeout, or the answer is another than
   *     200
   */
  Page get(Target target) throws IOException {
    long deadline = nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(target.timeoutMillis());
    InetAddress address = allowedAddress(target);
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address, target.port()), millisUntil(deadline, nanoClock));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(millisUntil(deadline, nanoClock));
      try (Socket channel = target.isEncrypted() ? encrypted(socket, target) : socket) {
        channel.getOutputStream().write(request(target));
        channel.getOutputStream().flush();
        return page(
            new BufferedInputStream(
                new DeadlineStream(channel.getInputStream(), socket, deadline, nanoClock)),
            target.limits().bodyBytes());
      }
    }
  }

  private InetAddress allowedAddress(Target target) throws IOException {
    InetAddress[] addresses = resolver.resolve(target.host());
    for (InetAddress address : addresses) {
      if (!rules.refuses(address)) {
        return address;
      }
    }
    throw new IOException(
        "%s is at %s, which is not scraped unless it is listed in scrape.allow-addresses"
            .formatted(target.host(), Arrays.toString(addresses)));
  }

  /** What is left of a timeout, at least 1. */
  static int millisUntil(long deadline, LongSupplier nanoClock) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - nanoClock.getAsLong()));
  }

  private Socket encrypted(Socket socket, Target target) throws IOException {
    SSLSocket channel =
        (SSLSocket) encryption.createSocket(socket, target.host(), target.port(), true);
    SSLParameters parameters = channel.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    channel.setSSLParameters(parameters);
    channel.startHandshake();
    return channel;
  }

  private static byte[] request(Target target) {
    return """
        GET %s HTTP/1.1
        Host: %s
        User-Agent: oht50-metrics
        Accept: %s
        Accept-Encoding: gzip
        X-Prometheus-Scrape-Timeout-Seconds: %s
        Connection: close

        """
        .formatted(
            target.path(),
            target.authority(),
            ExpositionFormat.ACCEPT,
            target.timeoutMillis() / 1000.0)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Page page(InputStream in, int maxBytes) throws IOException {
    ResponseHead head = ResponseHead.read(in);
    if (head.status() != 200) {
      throw new IOException("answered with status " + head.status());
    }
    String encoding = head.get("content-encoding");
    InputStream body = head.bodyOf(in);
    if (encoding != null && encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
      body = new GZIPInputStream(body, FIRST_BUFFER);
    } else if (encoding != null && !encoding.isEmpty() && !encoding.equals("identity")) {
      throw new IOException("answered in the encoding " + encoding);
    }
    return readAll(body, head.get("content-type"), maxBytes);
  }

  private static Page readAll(InputStream body, String contentType, int maxBytes)
      throws IOException {
    byte[] bytes = new byte[Math.min(FIRST_BUFFER, maxBytes + 1)];
    int length = 0;
    int read = body.read(bytes, 0, bytes.length);
    while (read >= 0) {
      length += read;
      if (length > maxBytes) {
        throw new PageTooLarge(maxBytes, Arrays.copyOf(bytes, Math.min(length, 2048)));
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, maxBytes + 1L));
      }
      read = body.read(bytes, length, bytes.length - length);
    }
    return new Page(contentType, bytes, length);
  }
}
