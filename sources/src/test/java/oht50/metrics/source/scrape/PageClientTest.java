package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageClientTest {
  private final ArrayDeque<InetAddress> resolved = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private Page get(Duration timeout) throws IOException {
    ScrapeJob job =
        new ScrapeJob(
            "it",
            Duration.ofMinutes(1),
            timeout,
            "/metrics",
            "http",
            Map.of("a", List.of("b c", "d")),
            false,
            true,
            Exporter.LIMITS,
            ScrapeJob.Rules.NONE,
            List.of(),
            List.of(),
            Duration.ofSeconds(30));
    return new PageClient(
            new AddressRules(List.of()),
            host -> new InetAddress[] {resolved.remove()},
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            System::nanoTime)
        .get(Target.of(job, "exporter.example:" + server.getLocalPort(), Map.of()));
  }

  private Page get() throws IOException {
    resolved.add(InetAddress.getLoopbackAddress());
    return get(Duration.ofSeconds(20));
  }

  /** Answers one connection with these bytes, and closes it. */
  private void answer(String bytes) {
    threads.execute(
        () -> {
          try (Socket socket = server.accept()) {
            readRequest(socket);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private static String readRequest(Socket socket) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) socket.getInputStream().read());
    }
    return request.toString();
  }

  private static String text(Page page) {
    return new String(page.bytes(), 0, page.length(), StandardCharsets.UTF_8);
  }

  @Test
  void theRequestNamesTheHostAndCarriesTheParameters() throws Exception {
    resolved.add(InetAddress.getLoopbackAddress());
    var request =
        threads.submit(
            () -> {
              try (Socket socket = server.accept()) {
                String asked = readRequest(socket);
                socket
                    .getOutputStream()
                    .write("HTTP/1.0 200 OK\r\n\r\na 1\n".getBytes(StandardCharsets.UTF_8));
                return asked;
              }
            });

    assertThat(text(get(Duration.ofSeconds(20)))).isEqualTo("a 1\n");

    assertThat(request.get())
        .startsWith("GET /metrics?a=b+c&a=d HTTP/1.1\r\n")
        .contains("\r\nHost: exporter.example:" + server.getLocalPort() + "\r\n")
        .contains("\r\nAccept-Encoding: gzip\r\n")
        .contains("\r\nX-Prometheus-Scrape-Timeout-Seconds: 20.0\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-length: 4\r\n\r\na 1\nmore",
        "HTTP/1.1 200\r\nContent-Type:text/plain\r\n\r\na 1\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\nContent-Type: text/plain\n\na 1\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: Chunked\r\n\r\n3;x=y\r\na 1\r\n1\r\n\n\r\n0\r\n\r\n",
      })
  void aPageIsReadHoweverItIsFramed(String answer) throws IOException {
    answer(answer);

    Page page = get();

    assertThat(text(page)).isEqualTo("a 1\n");
    assertThat(page.contentType()).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\na 1\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\na 1\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\na 1\n",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\na 1\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na 1\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na 1\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-4\r\na 1\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\na 1\n",
        "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
      })
  void whatIsNoWholePageIsNone(String answer) {
    answer(answer);

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
  }

  @Test
  void aBodyIsReadNoFurtherThanItsLimit() {
    answer("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(2_001));

    assertThatThrownBy(this::get)
        .isInstanceOf(PageTooLarge.class)
        .hasMessage("more than 2000 bytes");
  }

  @Test
  void whoDoesNotAnswerInTimeIsNotWaitedFor() {
    resolved.add(InetAddress.getLoopbackAddress()); // connected by the backlog, read by nobody

    assertThatThrownBy(() -> get(Duration.ofMillis(50))).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void theAddressThatWasCheckedIsTheOneThatIsAsked() throws Exception {
    // A name that answers otherwise when it is asked again has no second chance.
    answer("HTTP/1.1 200 OK\r\n\r\na 1\n");
    resolved.add(InetAddress.getLoopbackAddress());
    resolved.add(InetAddress.getByName("169.254.169.254"));

    assertThat(text(get(Duration.ofSeconds(20)))).isEqualTo("a 1\n");

    assertThat(resolved).hasSize(1);
    assertThatThrownBy(() -> get(Duration.ofSeconds(20)))
        .hasMessageContaining("169.254.169.254")
        .hasMessageContaining("scrape.allow-addresses");
  }
}
