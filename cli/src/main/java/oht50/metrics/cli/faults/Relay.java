package oht50.metrics.cli.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The way to a server on this machine, which can be disturbed: connections broken, refused, held
 * (open, and nothing passes) or slowed down.
 */
final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();

  private boolean held;
  private volatile boolean refusing;
  private volatile long delayMillis;

  private Relay(ServerSocket listener, InetSocketAddress server) {
    this.listener = listener;
    this.server = server;
  }

  /** Both ports on loopback; the server need not be there yet. */
  static Relay start(int port, int serverPort) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Relay relay =
        new Relay(listener, new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
    start("relay-" + port, relay::accept);
    return relay;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Resets every connection; new ones are let through. */
  void breakConnections() {
    for (Socket socket : sockets) {
      reset(socket);
    }
  }

  /** Resets every connection, old and new, until told otherwise. */
  void refuse(boolean on) {
    refusing = on;
    if (on) {
      breakConnections();
    }
  }

  /** Nothing passes, and nobody is told; what was sent meanwhile arrives afterwards. */
  void hold(boolean on) {
    synchronized (gate) {
      held = on;
      gate.notifyAll();
    }
  }

  /** What passes does so later by this much, in each direction. */
  void delay(Duration each) {
    delayMillis = each.toMillis();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          reset(client);
        } else {
          connect(client);
        }
      } catch (IOException closedOrClientGone) {
        continue;
      }
    }
  }

  private void connect(Socket client) {
    Socket upstream = new Socket();
    try {
      upstream.connect(server, 2_000);
      upstream.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
    } catch (IOException serverIsAway) {
      reset(client);
      reset(upstream);
      return;
    }
    sockets.add(client);
    sockets.add(upstream);
    start("relay-up", () -> pump(client, upstream));
    start("relay-down", () -> pump(upstream, client));
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[64 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitPassage();
        out.write(buffer, 0, read);
      }
    } catch (IOException broken) {
      // As the server would see it: the other side learns of it by the reset below.
      reset(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reset(from);
      reset(to);
    }
  }

  private void awaitPassage() throws InterruptedException {
    if (delayMillis > 0) {
      TimeUnit.MILLISECONDS.sleep(delayMillis);
    }
    synchronized (gate) {
      while (held) {
        gate.wait();
      }
    }
  }

  private void reset(Socket socket) {
    sockets.remove(socket);
    try {
      // With it close sends a reset instead of waiting for what is still to be sent.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyClosed) {
      sockets.remove(socket);
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    hold(false);
    breakConnections();
  }
}
