package oht50.metrics.cli.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DataOption;
import oht50.metrics.cli.DatabaseOption;
import oht50.metrics.cli.DatabaseRoles;
import oht50.metrics.cli.Password;
import oht50.metrics.cli.RunState;
import picocli.CommandLine.Option;

/** Whose schema: that of the named database, else of the running instance. */
final class SchemaDatabase {
  private static final List<String> PASSWORDS =
      List.of("OHT50_POSTGRES_OWNER_PASSWORD", "OHT50_POSTGRES_PASSWORD");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "Another database than that of the running instance: jdbc:postgresql://HOST:PORT/DB, without"
            + " user and password.",
        "The password is taken from OHT50_POSTGRES_OWNER_PASSWORD, else OHT50_POSTGRES_PASSWORD; or"
            + " from the file that the same name with _FILE names."
      })
  private String url;

  @Option(
      names = "--user",
      paramLabel = "ROLE",
      defaultValue = DatabaseRoles.OWNER,
      description = "Who logs in there; default: ${DEFAULT-VALUE}.")
  private String user;

  /**
   * A way in.
   *
   * @param password null if none is known
   */
  record Login(String url, String user, String password) {
    @Override
    public String toString() {
      return user + " at " + DatabaseOption.shown(url);
    }
  }

  boolean isGiven() {
    return url != null;
  }

  Login login(DataOption data) {
    if (!isGiven()) {
      RunState state = data.running();
      return new Login(
          state.jdbcUrl(), state.jdbcUser(), Password.read(data.folder().passwordFile()));
    }
    if (url.toLowerCase(Locale.ROOT).contains("password=")) {
      // Everybody on this machine can see the arguments of a process.
      throw CommandFailure.usage(
          "--url must not hold a password; put it into the environment: " + PASSWORDS.get(0));
    }
    return new Login(url, user, password(System::getenv));
  }

  static String password(UnaryOperator<String> environment) {
    for (String name : PASSWORDS) {
      String password = environment.apply(name);
      if (password != null && !password.isEmpty()) {
        return password;
      }
      String file = environment.apply(name + "_FILE");
      if (file != null && !file.isEmpty()) {
        try {
          return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
          throw CommandFailure.configuration("cannot read the file that " + name + "_FILE names");
        }
      }
    }
    return null;
  }
}
