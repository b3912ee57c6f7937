package oht50.metrics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import oht50.metrics.cli.output.RowFormat;
import oht50.metrics.cli.output.Rows;
import oht50.metrics.job.config.ConfigReport;
import oht50.metrics.job.config.Finding;
import oht50.metrics.job.config.JobSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config check}, {@code config show} and {@code config schema}. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "What the job would make of its settings.",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class, ConfigCommand.Schema.class})
final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say config check, config show or config schema");
  }

  private static Path shipped() {
    return Home.folder().resolve("flink-conf/job.yaml");
  }

  /** The settings that are looked at. */
  static final class SettingsOptions {
    @Parameters(
        paramLabel = "FILE",
        arity = "0..*",
        description =
            "Settings of the job; a later file goes over an earlier one. Default:"
                + " flink-conf/job.yaml.")
    private List<String> files = new ArrayList<>();

    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        description = "Goes over all files; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    private ConfigReport report(UnaryOperator<String> environment) {
      List<String> arguments = new ArrayList<>();
      for (String file : files.isEmpty() ? List.of(shipped().toString()) : files) {
        arguments.addAll(List.of("--config", file));
      }
      for (String pair : overrides) {
        if (pair.indexOf('=') < 1) {
          throw CommandFailure.usage("--set takes KEY=VALUE, not '" + pair + "'");
        }
        arguments.addAll(List.of("--set", pair));
      }
      return ConfigReport.of(environment, arguments.toArray(new String[0]));
    }
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Say all that is wrong with the settings, a line each with file, line and column, and what"
            + " is accepted but changes nothing. Nothing is connected to.",
        "Exit code 0 if the job would take them, 78 if not."
      })
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SettingsOptions settings;

    @Option(
        names = "--no-secrets",
        description = "Do not look for secrets in this environment: the job runs in another.")
    private boolean noSecrets;

    @Option(names = "--json", description = "An array of objects.")
    private boolean json;

    @Override
    public Integer call() {
      ConfigReport report = settings.report(noSecrets ? null : System::getenv);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        List<List<Object>> rows = new ArrayList<>();
        report.faults().forEach(fault -> rows.add(row("fault", fault)));
        report.remarks().forEach(remark -> rows.add(row("remark", remark)));
        List<String> columns = List.of("severity", "source", "line", "column", "key", "message");
        out.print(RowFormat.JSON.print(new Rows(columns, List.of(), rows)));
      } else {
        report.faults().forEach(out::println);
        report.remarks().forEach(remark -> out.println("note: " + remark));
      }
      out.flush();
      int faults = report.faults().size();
      spec.commandLine().getErr().println(faults == 0 ? "no faults" : count(faults, "fault"));
      return faults == 0 ? ExitCodes.OK : ExitCodes.CONFIGURATION;
    }

    private static List<Object> row(String severity, Finding finding) {
      return finding.place() == null
          ? Arrays.asList(severity, null, null, null, null, finding.message())
          : Arrays.asList(
              severity,
              finding.place().source(),
              positive(finding.place().line()),
              positive(finding.place().column()),
              finding.key(),
              finding.message());
    }

    private static Integer positive(int number) {
      return number > 0 ? number : null;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "What holds for each key, and where it comes from: file, --set or default. Secrets are"
              + " not shown. Exit code 78 if there are faults, which are said too.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SettingsOptions settings;

    @Option(names = "--json", description = "An array of objects.")
    private boolean json;

    @Override
    public Integer call() {
      ConfigReport report = settings.report(null);
      List<List<Object>> rows = new ArrayList<>();
      report
          .settings()
          .forEach(
              each -> {
                String from = each.place() == null ? "default" : each.place().toString();
                rows.add(List.of(each.key(), each.value(), from));
              });
      Rows table = new Rows(List.of("key", "value", "from"), List.of(false, false, false), rows);
      PrintWriter out = spec.commandLine().getOut();
      out.print((json ? RowFormat.JSON : RowFormat.TABLE).print(table));
      out.flush();
      PrintWriter err = spec.commandLine().getErr();
      report.faults().forEach(fault -> err.println("error: " + fault));
      return report.faults().isEmpty() ? ExitCodes.OK : ExitCodes.CONFIGURATION;
    }
  }

  @Command(
      name = "schema",
      mixinStandardHelpOptions = true,
      description = "The JSON Schema of job.yaml, as in docs/schema/job.schema.json.")
  static final class Schema implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      spec.commandLine().getOut().print(JobSchema.print(Files.readString(shipped())));
      return ExitCodes.OK;
    }
  }
}
