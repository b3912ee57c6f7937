package oht50.metrics.job.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of the job: files, the later over the earlier, and single keys over them. */
final class Arguments {
  private final List<String> files = new ArrayList<>();
  private final Map<String, String> overrides = new LinkedHashMap<>();

  private Arguments() {}

  /**
   * @param args {@code --config FILE ...} and {@code --set dotted.key=value ...}
   */
  static Arguments of(String... args) throws InvalidConfig {
    Arguments arguments = new Arguments();
    for (int i = 0; i < args.length; i++) {
      boolean hasValue = i + 1 < args.length;
      if (args[i].equals("--config") && hasValue) {
        arguments.files.add(args[++i]);
      } else if (args[i].equals("--set") && hasValue && args[i + 1].indexOf('=') > 0) {
        String setting = args[++i];
        int equals = setting.indexOf('=');
        arguments.overrides.put(setting.substring(0, equals), setting.substring(equals + 1));
      } else {
        throw new InvalidConfig(
            List.of(
                "argument '" + args[i] + "': expected --config FILE or --set dotted.key=value"));
      }
    }
    return arguments;
  }

  /**
   * @param remarks what is added to it: what keys of other formats mean here
   */
  SettingsTree tree(List<Finding> remarks) throws InvalidConfig {
    SettingsTree all = null;
    List<Finding> faults = new ArrayList<>();
    for (String file : files) {
      try {
        SettingsTree tree = SettingsTree.read(file, read(file));
        SpecificationKeys.translate(tree, remarks);
        if (all == null) {
          all = tree;
        } else {
          all.add(tree);
        }
      } catch (InvalidConfig e) {
        faults.addAll(e.faults());
      }
    }
    if (!faults.isEmpty()) {
      throw InvalidConfig.of(faults);
    }
    return all == null
        ? withOverrides(SettingsTree.read("arguments", ""), overrides, remarks)
        : withOverrides(all, overrides, remarks);
  }

  static SettingsTree withOverrides(
      SettingsTree tree, Map<String, String> overrides, List<Finding> remarks) {
    SettingsTree commandLine = SettingsTree.ofCommandLine(overrides);
    SpecificationKeys.translate(commandLine, remarks);
    tree.add(commandLine);
    return tree;
  }

  static String read(String file) throws InvalidConfig {
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new InvalidConfig(List.of(file + ": there is no such file"));
    } catch (IOException e) {
      throw new InvalidConfig(List.of(file + ": cannot be read: " + e.getMessage()));
    }
  }
}
