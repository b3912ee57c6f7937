package oht50.metrics.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Which database: the one named, else that of the running instance. */
public final class DatabaseOption {
  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      description =
          "Another database than that of the running instance, with user and password:"
              + " jdbc:postgresql://HOST:PORT/DB?user=U&password=P")
  private String jdbcUrl;

  /** That of the running instance as one who only reads. */
  public String url(DataOption data) {
    return jdbcUrl != null
        ? jdbcUrl
        : withCredentials(data.running().jdbcUrl(), DatabaseRoles.ANALYST, data.folder());
  }

  /** The URL as a program can use it, with the rights of the owner. */
  static String withCredentials(RunState state, DataFolder folder) {
    return withCredentials(state.jdbcUrl(), state.jdbcUser(), folder);
  }

  private static String withCredentials(String url, String user, DataFolder folder) {
    return url + "?user=" + user + "&password=" + Password.read(folder.passwordFile());
  }

  static Connection connect(String url) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "15");
    properties.setProperty("ApplicationName", "oht50-cli");
    try {
      return DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw cannotConnect(url, e);
    }
  }

  private static CommandFailure cannotConnect(String url, SQLException e) {
    if (!url.startsWith("jdbc:postgresql:")) {
      return CommandFailure.configuration(
          shown(url) + " is no URL of a PostgreSQL database; check --jdbc-url");
    }
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    // Class 08: no connection; 53: too many; 57: starting or stopping. Else it answers, and says
    // no.
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57")
        ? CommandFailure.unavailable(
            shown(url) + ": " + says(e) + "; check --jdbc-url, or see ./oht50 status")
        : CommandFailure.configuration(
            shown(url) + ": " + says(e) + "; check user, password and database of --jdbc-url");
  }

  /** What the database said, in one line. */
  public static String says(SQLException e) {
    String state = e.getSQLState() == null ? "" : "SQLSTATE " + e.getSQLState() + ": ";
    return state + RootCause.of(e).replaceFirst("^(ERROR|FATAL): ", "");
  }

  /** For messages: without what follows the question mark, where the password is. */
  public static String shown(String url) {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
