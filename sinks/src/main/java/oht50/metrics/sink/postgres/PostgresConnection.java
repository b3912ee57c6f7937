package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;

/**
 * How to reach the database. The password is looked up where the connection opens, so it is in no
 * job graph, checkpoint or log.
 *
 * @param url {@code jdbc:postgresql://host:port/database?...}, without credentials
 * @param user role that writes
 * @param passwordVariable name of the environment variable that holds the password; when only
 *     {@code NAME_FILE} is set, that variable holds the path of a file with the password; null for
 *     a server that asks for none
 */
public record PostgresConnection(String url, String user, String passwordVariable)
    implements Serializable {
  private static final String DRIVER = "org.postgresql.Driver";

  /** A dead network must become an error before the outage budget is spent. */
  private static final String SOCKET_TIMEOUT_SECONDS = "30";

  /**
   * A writer that stands still in a transaction holds locks on its rows; when its process only
   * sleeps, nothing else would ever end them. Shorter than {@link #SOCKET_TIMEOUT_SECONDS}, so that
   * who waits for such a lock gets it before its own connection is given up.
   */
  private static final String LONGEST_IDLE_IN_TRANSACTION =
      "-c idle_in_transaction_session_timeout=15s";

  public PostgresConnection {
    String lower = url.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "not a PostgreSQL url: it must begin with jdbc:postgresql:");
    }
    refuse(lower, "password=", "name an environment variable that holds the password");
    refuse(lower, "preferquerymode=simple", "statements must keep values apart from their text");
    // One multi-row statement must not meet the same key twice (SQLSTATE 21000).
    refuse(lower, "rewritebatchedinserts=true", "a batch may hold one key more than once");
  }

  private static void refuse(String url, String parameter, String reason) {
    if (url.contains(parameter)) {
      throw new IllegalArgumentException("the url must not have " + parameter + ": " + reason);
    }
  }

  /** Options of flink-connector-jdbc with the password: never to be kept or serialized. */
  JdbcConnectionOptions resolve(UnaryOperator<String> environment) {
    JdbcConnectionOptions.JdbcConnectionOptionsBuilder options =
        new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
            .withUrl(url)
            .withDriverName(DRIVER)
            .withUsername(user)
            .withProperty("ApplicationName", "oht50-metrics")
            .withProperty("connectTimeout", "10")
            .withProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS)
            .withProperty("tcpKeepAlive", "true")
            .withProperty("options", LONGEST_IDLE_IN_TRANSACTION);
    if (passwordVariable != null) {
      options.withPassword(password(environment));
    }
    return options.build();
  }

  /**
   * Looks for the password where it will be looked for, and forgets it.
   *
   * @param environment variable to value
   * @throws IllegalStateException if no variable is set
   * @throws UncheckedIOException if the file it names cannot be read
   */
  public void requirePassword(UnaryOperator<String> environment) {
    if (passwordVariable != null) {
      password(environment);
    }
  }

  private String password(UnaryOperator<String> environment) {
    String password = environment.apply(passwordVariable);
    if (password != null) {
      return password;
    }
    String file = environment.apply(passwordVariable + "_FILE");
    if (file == null) {
      throw new IllegalStateException(
          String.format(
              "no password of '%s' for %s: set %s, or %s_FILE to the path of a file that holds it",
              user, urlWithoutParameters(), passwordVariable, passwordVariable));
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the file that " + passwordVariable + "_FILE names", e);
    }
  }

  /** Without the parameters of the url, which may hold the passphrase of a key. */
  @Override
  public String toString() {
    return String.format("PostgresConnection[%s, user %s]", urlWithoutParameters(), user);
  }

  private String urlWithoutParameters() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters) + "?...";
  }
}
